package io.twinflow.engine.server.net;

import java.nio.file.AccessDeniedException;

/** The server does not call this URL; the message says why and who can allow it. */
public final class RefusedUrlException extends AccessDeniedException {
  private static final long serialVersionUID = 1L;

  RefusedUrlException(String url, String reason) {
    super(url, null, reason);
  }
}
