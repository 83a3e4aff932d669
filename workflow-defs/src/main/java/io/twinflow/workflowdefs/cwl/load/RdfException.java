package io.twinflow.workflowdefs.cwl.load;

/** An ontology that cannot be read. */
final class RdfException extends Exception {

  private static final long serialVersionUID = 1L;

  RdfException(String message) {
    super(message);
  }

  RdfException(String message, Throwable cause) {
    super(message, cause);
  }
}
