package io.twinflow.engine.server.results;

import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** Answers with the bytes of a file, with ranges, or with a folder as an archive. */
@Component
public final class Downloads {

  private final OutputBytes bytes;

  Downloads(OutputBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * A browser never runs what a tool made: it is always an attachment.
   *
   * @param range the header of the request, if it has one
   */
  public ResponseEntity<Resource> file(FileValue file, @Nullable String range) throws IOException {
    Resource content = bytes.open(file);
    if (range != null) {
      checkInside(range, content);
    }
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .contentType(MediaTypes.of(file))
            .header(HttpHeaders.CONTENT_DISPOSITION, attachment(file.basename()))
            .header("X-Content-Type-Options", "nosniff");
    String checksum = file.checksum();
    if (checksum != null) {
      answer.eTag("\"" + checksum + "\"");
    }
    return answer.body(content);
  }

  /** Spring would say that there is no such range, and send the whole file all the same. */
  private static void checkInside(String range, Resource content) throws IOException {
    try {
      HttpRange.toResourceRegions(HttpRange.parseRanges(range), content);
    } catch (IllegalArgumentException e) {
      HttpStatus status = HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE;
      ErrorResponseException refused =
          new ErrorResponseException(
              status,
              ProblemDetail.forStatusAndDetail(
                  status,
                  "Range: expected a range within %d bytes, found %s"
                      .formatted(content.contentLength(), range)),
              e);
      refused.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + content.contentLength());
      throw refused;
    }
  }

  public void folder(DirectoryValue folder, HttpServletResponse response) throws IOException {
    response.setContentType("application/zip");
    String name = folder.basename() == null ? "folder" : folder.basename();
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(name + ".zip"));
    bytes.zip(folder, response.getOutputStream());
  }

  /** The header that names a download. */
  public static String attachment(@Nullable String name) {
    return ContentDisposition.attachment()
        .filename(name == null ? "output" : name, StandardCharsets.UTF_8)
        .build()
        .toString();
  }
}
