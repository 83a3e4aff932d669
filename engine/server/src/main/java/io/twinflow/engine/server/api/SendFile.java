package io.twinflow.engine.server.api;

import io.twinflow.engine.server.results.Downloads;
import io.twinflow.engine.server.results.MediaTypes;
import io.twinflow.workflowdefs.value.FileValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;

/** Sends a file of a run: whole, a range of it, or the word that the caller has it already. */
final class SendFile {

  private SendFile() {}

  static void answer(
      FileValue file, Resource content, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long size = content.contentLength();
    String tag = tag(file, size, content.lastModified());
    response.setHeader(HttpHeaders.ETAG, tag);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    if (isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(MediaTypes.of(file).toString());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Downloads.attachment(file.basename()));
    response.setHeader("X-Content-Type-Options", "nosniff");
    String condition = request.getHeader(HttpHeaders.IF_RANGE);
    String range = request.getHeader(HttpHeaders.RANGE);
    try (InputStream in = content.getInputStream()) {
      ByteRange.answer(
          in,
          size,
          condition == null || condition.equals(tag) ? range : null,
          !request.getMethod().equals("HEAD"),
          response);
    }
  }

  /** The checksum if the content is surely still the one that it was taken of. */
  private static String tag(FileValue file, long size, long modified) {
    String checksum = file.checksum();
    Long known = file.size();
    return checksum != null && known != null && known == size
        ? "\"" + checksum + "\""
        : "\"%x-%x\"".formatted(size, modified);
  }

  private static boolean isKnown(@Nullable String header, String tag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
  }
}
