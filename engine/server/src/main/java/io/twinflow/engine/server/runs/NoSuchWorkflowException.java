package io.twinflow.engine.server.runs;

/** There is no such workflow in the catalogue, or the caller may not know of it. */
public final class NoSuchWorkflowException extends Exception {
  private static final long serialVersionUID = 1L;

  public NoSuchWorkflowException(String reference) {
    super(
        "there is no workflow %s, or it is not yours"
            .formatted(reference.length() > 80 ? reference.substring(0, 80) + "…" : reference));
  }
}
