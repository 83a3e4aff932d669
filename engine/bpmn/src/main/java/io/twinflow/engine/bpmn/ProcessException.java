package io.twinflow.engine.bpmn;

/** A request about processes that cannot be met, in a person's words. */
public final class ProcessException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why it cannot be met. */
  public enum Reason {
    /** There is nothing of that name. */
    UNKNOWN,
    /** It is there, in a state in which this cannot be done. */
    CONFLICT,
    /** What was given does not suit. */
    INVALID
  }

  public ProcessException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
