package io.twinflow.engine.server.runs;

/** An Idempotency-Key cannot be used for this submission. */
public final class KeyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    MALFORMED,
    OTHER_BODY,
    IN_USE
  }

  private final Reason reason;

  private KeyRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static KeyRefusedException malformed(int longest) {
    return new KeyRefusedException(
        Reason.MALFORMED, "an Idempotency-Key has 1 to %d characters".formatted(longest));
  }

  static KeyRefusedException otherBody() {
    return new KeyRefusedException(
        Reason.OTHER_BODY,
        "this Idempotency-Key came with another submission before; a new submission needs a new key");
  }

  static KeyRefusedException inUse() {
    return new KeyRefusedException(
        Reason.IN_USE, "a submission with this Idempotency-Key is being made right now; ask again");
  }

  public Reason reason() {
    return reason;
  }
}
