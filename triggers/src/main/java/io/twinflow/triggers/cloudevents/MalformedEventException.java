package io.twinflow.triggers.cloudevents;

import org.jspecify.annotations.Nullable;

/** What was sent is no CloudEvent, or none that is taken. */
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String attribute;
  private final boolean tooLarge;

  /**
   * @param attribute its name, or a header's, or {@code body}; of a batch with its index in front
   * @param message what was expected, what was found
   */
  public MalformedEventException(String attribute, String message) {
    this(attribute, message, false);
  }

  private MalformedEventException(String attribute, @Nullable String message, boolean tooLarge) {
    super(message);
    this.attribute = attribute;
    this.tooLarge = tooLarge;
  }

  public static MalformedEventException tooLarge(String attribute, String message) {
    return new MalformedEventException(attribute, message, true);
  }

  public String attribute() {
    return attribute;
  }

  public boolean isTooLarge() {
    return tooLarge;
  }

  MalformedEventException at(int index) {
    return new MalformedEventException(
        "[%d].%s".formatted(index, attribute), getMessage(), tooLarge);
  }
}
