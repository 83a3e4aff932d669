package io.twinflow.engine.server.security;

import io.twinflow.engine.core.RunId;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells the audit which run a call made, where its answer has no {@code Location} that says so. */
public final class Audited {

  private static final String RUN = Audited.class.getName() + ".run";

  private Audited() {}

  public static void made(HttpServletRequest request, RunId run) {
    request.setAttribute(RUN, run.value());
  }

  static @Nullable String run(HttpServletRequest request) {
    return (String) request.getAttribute(RUN);
  }
}
