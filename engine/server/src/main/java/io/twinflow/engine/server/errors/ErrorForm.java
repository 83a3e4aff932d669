package io.twinflow.engine.server.errors;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** How an interface with a form of its own tells its errors. Safe for many threads. */
public interface ErrorForm {

  /** Where the interface stands, as in {@code /ogc}. */
  String base();

  /**
   * @param path of the request
   */
  Answer of(ProblemDetail problem, String path);

  /**
   * What is answered instead of the problem.
   *
   * @param body written as JSON
   */
  record Answer(HttpStatus status, Object body) {}
}
