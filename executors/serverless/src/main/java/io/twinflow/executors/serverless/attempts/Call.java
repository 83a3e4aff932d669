package io.twinflow.executors.serverless.attempts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The call that starts an attempt, as it is kept until then.
 *
 * @param target whom to call, in the platform's words
 * @param inImage whether the tool runs in the image that it names, with the image's environment
 * @param cores that it reserves
 * @param memoryMiB that it reserves, mebibytes
 * @param arguments of the tool with its program, where the platform wants to know them; nothing
 *     secret
 */
public record Call(
    String target, boolean inImage, double cores, long memoryMiB, List<String> arguments) {

  /**
   * @param arguments null in what an older version wrote
   */
  public Call(
      String target,
      boolean inImage,
      double cores,
      long memoryMiB,
      @Nullable List<String> arguments) {
    this.target = target;
    this.inImage = inImage;
    this.cores = cores;
    this.memoryMiB = memoryMiB;
    this.arguments = arguments == null ? List.of() : List.copyOf(arguments);
  }

  public Call(String target, boolean inImage, double cores, long memoryMiB) {
    this(target, inImage, cores, memoryMiB, List.of());
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Call>> ALL = new TypeReference<>() {};

  static String write(Map<String, Call> calls) {
    return JSON.writeValueAsString(calls);
  }

  /**
   * @throws IllegalArgumentException if that is no such text
   */
  static Map<String, Call> read(String text) {
    try {
      return JSON.readValue(text, ALL);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no calls: " + e.getMessage(), e);
    }
  }
}
