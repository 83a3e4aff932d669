package io.twinflow.engine.server.queue;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * So many submissions are received at one time; the next ones wait unread for a moment and are then
 * refused. One that was answered before, by its Idempotency-Key, needs no place.
 */
@Component
public class UploadGate implements HandlerInterceptor {

  static final int AT_ONCE = 256;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PLACE = UploadGate.class.getName();
  private static final Set<String> SUBMIT =
      Set.of("/api/v1/runs", "/api/v1/workflows", "/ga4gh/wes/v1/runs");

  private final int atOnce;
  private final Duration patience;
  private final Semaphore places;
  private final JdbcClient database;

  @Autowired
  UploadGate(DataSource database) {
    this(database, AT_ONCE, PATIENCE);
  }

  UploadGate(DataSource database, int atOnce, Duration patience) {
    this.database = JdbcClient.create(database);
    this.atOnce = atOnce;
    this.patience = patience;
    this.places = new Semaphore(atOnce, true);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws FailureException, InterruptedException {
    if (!isSubmission(request) || request.getAttribute(PLACE) != null || isAnswered(request)) {
      return true;
    }
    if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw Pressure.refused(
          "pressure.uploads",
          "%d submissions are being received, and no more are at a time; nothing was kept of this one, send it again in a moment"
              .formatted(atOnce));
    }
    request.setAttribute(PLACE, new AtomicBoolean(true));
    return true;
  }

  private static boolean isSubmission(HttpServletRequest request) {
    String path = request.getRequestURI();
    return HttpMethod.POST.matches(request.getMethod())
        && (SUBMIT.contains(path)
            || path.startsWith("/ogc/processes")
            || path.startsWith("/api/v1/runs/") && path.endsWith("/rerun"));
  }

  private boolean isAnswered(HttpServletRequest request) {
    String key = request.getHeader("Idempotency-Key");
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (key == null || who == null || !(who.getPrincipal() instanceof Caller caller)) {
      return false;
    }
    return !database
        .sql("SELECT 1 FROM submission WHERE tenant = ? AND subject = ? AND key = ?")
        .params(caller.tenant(), caller.subject(), key)
        .query(Integer.class)
        .list()
        .isEmpty();
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception e) {
    release(request.getAttribute(PLACE));
  }

  /** What the present request brought was received; its answer may take longer. */
  public void received() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request != null) {
      release(request.getAttribute(PLACE, RequestAttributes.SCOPE_REQUEST));
    }
  }

  private void release(@Nullable Object place) {
    if (place instanceof AtomicBoolean held && held.getAndSet(false)) {
      places.release();
    }
  }
}
