package io.twinflow.executors.api;

/**
 * A site could not be asked, or refused. "Unknown" is not "failed": after this the caller must look
 * the key up before it decides anything.
 */
public final class SiteException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What the caller knows after the exception. */
  public enum Certainty {
    /** The site took nothing; the same call may be made again. */
    NOTHING_HAPPENED,
    /** The call may have had its effect. */
    UNKNOWN
  }

  private final Certainty certainty;
  private final FailureKind kind;

  public SiteException(Certainty certainty, FailureKind kind, String message) {
    super(message);
    this.certainty = certainty;
    this.kind = kind;
  }

  public SiteException(Certainty certainty, FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.certainty = certainty;
    this.kind = kind;
  }

  public Certainty certainty() {
    return certainty;
  }

  public FailureKind kind() {
    return kind;
  }
}
