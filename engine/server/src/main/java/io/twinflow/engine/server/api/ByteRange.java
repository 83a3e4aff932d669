package io.twinflow.engine.server.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * A part of a content (RFC 9110, section 14).
 *
 * @param last inclusive
 */
record ByteRange(long first, long last) {

  private static final int BUFFER = 1 << 16;

  /**
   * @return empty for the whole: also if several parts are asked for, or the header is none
   * @throws IllegalArgumentException if it lies outside the content
   */
  static Optional<ByteRange> of(@Nullable String header, long size) {
    if (header == null) {
      return Optional.empty();
    }
    List<HttpRange> ranges;
    try {
      ranges = HttpRange.parseRanges(header);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (ranges.size() != 1) {
      return Optional.empty();
    }
    long first = ranges.getFirst().getRangeStart(size);
    long last = ranges.getFirst().getRangeEnd(size);
    if (first >= size || last < first) {
      throw new IllegalArgumentException("outside");
    }
    return Optional.of(new ByteRange(first, last));
  }

  /**
   * Writes the content, or the part of it that is asked for; headers of its type are set before.
   */
  static void answer(
      InputStream in,
      long size,
      @Nullable String header,
      boolean body,
      HttpServletResponse response)
      throws IOException {
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    Optional<ByteRange> range;
    try {
      range = of(header, size);
    } catch (IllegalArgumentException e) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
      response.sendError(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
      return;
    }
    ByteRange part = range.orElse(new ByteRange(0, size - 1));
    if (range.isPresent()) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(
          HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(part.first, part.last, size));
    }
    response.setContentLengthLong(part.last - part.first + 1);
    if (body) {
      in.skipNBytes(part.first);
      copy(in, part.last - part.first + 1, response.getOutputStream());
    }
  }

  private static void copy(InputStream in, long bytes, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = bytes;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new IOException("the content became shorter while it was sent");
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }
}
