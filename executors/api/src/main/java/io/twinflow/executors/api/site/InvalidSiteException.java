package io.twinflow.executors.api.site;

/** A configuration of a site that cannot be used; says where, what was expected and found. */
public final class InvalidSiteException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidSiteException(String message) {
    super(message);
  }
}
