package io.twinflow.executors.api.settings;

/** Something configured that cannot be used; says where, what was expected and found. */
public final class InvalidSettingException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidSettingException(String message) {
    super(message);
  }
}
