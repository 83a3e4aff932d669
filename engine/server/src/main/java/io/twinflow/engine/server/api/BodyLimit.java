package io.twinflow.engine.server.api;

import io.twinflow.engine.server.errors.WriteError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bodies that are read into memory have a bound; form data and archives go to disk. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class BodyLimit extends OncePerRequestFilter {

  private static final long MOST = 32L << 20;

  /** Where sites put files; what they may put is signed. */
  private static final String FILES = "/api/v1/exchange/";

  private final WriteError answer;

  BodyLimit(WriteError answer) {
    this.answer = answer;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (goesToDisk(request)) {
      chain.doFilter(request, response);
    } else if (request.getContentLengthLong() > MOST) {
      answer.write(
          request,
          response,
          HttpStatus.CONTENT_TOO_LARGE,
          String.valueOf(new BodyTooLargeException(MOST).getMessage()));
    } else {
      chain.doFilter(new Bounded(request), response);
    }
  }

  private static boolean goesToDisk(HttpServletRequest request) {
    if (request.getRequestURI().startsWith(request.getContextPath() + FILES)) {
      return true;
    }
    String type = request.getContentType();
    if (type == null) {
      return false;
    }
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("multipart/") || WorkflowController.isArchive(lower);
  }

  private static final class Bounded extends HttpServletRequestWrapper {
    Bounded(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counted(super.getInputStream());
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream in;
    private long count;

    Counted(ServletInputStream in) {
      this.in = in;
    }

    private int counted(int read, int bytes) throws IOException {
      if (read >= 0) {
        count += bytes;
        if (count > MOST) {
          throw new BodyTooLargeException(MOST);
        }
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      return counted(in.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      return counted(n, n);
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
