package io.twinflow.engine.cli;

/** The twinflow command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    String version = Main.class.getPackage().getImplementationVersion();
    System.out.println("twinflow " + (version == null ? "unbuilt" : version));
  }
}
