package io.twinflow.executors.local.container;

/**
 * What an engine knows of a container that has ended.
 *
 * @param known whether there was one
 * @param started whether its program ran
 * @param error why it did not, in the engine's words
 */
public record ContainerEnd(
    boolean known, int code, boolean outOfMemory, boolean started, String error) {

  static final ContainerEnd NONE = new ContainerEnd(false, 0, false, false, "");

  static ContainerEnd parse(String line) {
    String[] fields = line.split("\\|", 4);
    return new ContainerEnd(
        true,
        Integer.parseInt(fields[0].strip()),
        Boolean.parseBoolean(fields[1]),
        !fields[2].startsWith("0001-"),
        fields[3].strip());
  }
}
