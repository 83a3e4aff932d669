package io.twinflow.engine.server;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Spring tells nothing of a start that fails: whoever started the server gets the exception, and
 * {@link StartFailure} has the words for people. Named in {@code META-INF/spring.factories}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class LeaveItToTheCommand implements SpringBootExceptionReporter {

  @Override
  public boolean reportException(Throwable failure) {
    return true;
  }
}
