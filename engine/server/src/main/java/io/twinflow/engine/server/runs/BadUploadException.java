package io.twinflow.engine.server.runs;

/** What was uploaded cannot be used; the message says why, and how to mend it. */
public final class BadUploadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  private BadUploadException(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  public static BadUploadException wrong(String message) {
    return new BadUploadException(message, false);
  }

  public static BadUploadException tooLarge(String message) {
    return new BadUploadException(message, true);
  }

  /** Whether a bound was passed, and nothing else is wrong. */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
