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
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers with the bytes of a file, with ranges, or with a folder as an archive. */
@Component
public final class Downloads {

  private final OutputBytes bytes;

  Downloads(OutputBytes bytes) {
    this.bytes = bytes;
  }

  /** A browser never runs what a tool made: it is always an attachment. */
  public ResponseEntity<Resource> file(FileValue file) throws IOException {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .contentType(MediaTypes.of(file))
            .header(HttpHeaders.CONTENT_DISPOSITION, attachment(file.basename()))
            .header("X-Content-Type-Options", "nosniff");
    String checksum = file.checksum();
    if (checksum != null) {
      answer.eTag("\"" + checksum + "\"");
    }
    return answer.body(bytes.open(file));
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
