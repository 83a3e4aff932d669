package io.twinflow.engine.server.errors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Finds the form that a client expects by what it asked for. */
@Component
public final class ErrorForms {

  private final List<ErrorForm> forms;

  ErrorForms(List<ErrorForm> forms) {
    this.forms = List.copyOf(forms);
  }

  /** Empty where problem details (RFC 9457) are the form. */
  Optional<ErrorForm.Answer> of(ProblemDetail problem, HttpServletRequest request) {
    String path = path(request);
    return forms.stream()
        .filter(form -> path.equals(form.base()) || path.startsWith(form.base() + "/"))
        .findFirst()
        .map(form -> form.of(problem, path));
  }

  /** What was asked for first, also while an error is told. */
  private static String path(HttpServletRequest request) {
    Object first = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return first instanceof String text ? text : request.getRequestURI();
  }
}
