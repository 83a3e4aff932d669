package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.results.MediaTypes;
import io.twinflow.engine.server.results.OutputBytes;
import io.twinflow.engine.server.results.OutputLinks;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Results as themselves: one as the whole body, several as the parts of one. */
@Component
class RawResult {

  private static final String TEXT = "text/plain;charset=UTF-8";

  private final OutputBytes bytes;

  RawResult(OutputBytes bytes) {
    this.bytes = bytes;
  }

  void send(Value value, List<MediaType> accepted, HttpServletResponse response)
      throws IOException {
    boolean wantsJson =
        !accepted.isEmpty()
            && accepted.getFirst().includes(MediaType.APPLICATION_JSON)
            && accepted.getFirst().getSubtype().equals("json");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (value instanceof FileValue file && OutputLinks.isElsewhere(file)) {
      response.setStatus(HttpStatus.SEE_OTHER.value());
      response.setHeader(HttpHeaders.LOCATION, file.location());
      return;
    }
    if (value instanceof FileValue file) {
      Resource contents = bytes.open(file);
      response.setContentLengthLong(contents.contentLength());
    }
    if (wantsJson && !(value instanceof FileValue) && !(value instanceof DirectoryValue)) {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.getOutputStream().write(utf8(ValueJson.write(value)));
      return;
    }
    response.setContentType(type(value));
    write(value, response.getOutputStream());
  }

  /** RFC 2387. */
  void sendAll(List<String> names, RecordValue outputs, HttpServletResponse response)
      throws IOException {
    for (String name : names) {
      if (outputs.get(name) instanceof FileValue file) {
        bytes.open(file);
      }
    }
    String boundary = UUID.randomUUID().toString();
    response.setContentType("multipart/related;boundary=" + boundary);
    OutputStream out = response.getOutputStream();
    for (String name : names) {
      Value value = outputs.get(name);
      out.write(
          utf8(
              "--%s\r\nContent-ID: <%s>\r\nContent-Type: %s\r\n\r\n"
                  .formatted(boundary, name.replaceAll("[\\r\\n<>]", "_"), type(value))));
      write(value, out);
      out.write(utf8("\r\n"));
    }
    out.write(utf8("--" + boundary + "--\r\n"));
  }

  private static String type(Value value) {
    return switch (value) {
      case FileValue file -> MediaTypes.of(file).toString();
      case DirectoryValue _ -> "application/zip";
      case RecordValue _, ListValue _ -> MediaType.APPLICATION_JSON_VALUE;
      case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ -> TEXT;
    };
  }

  private void write(Value value, OutputStream out) throws IOException {
    switch (value) {
      case FileValue file -> {
        try (InputStream in = bytes.open(file).getInputStream()) {
          in.transferTo(out);
        }
      }
      case DirectoryValue folder -> bytes.zip(folder, out);
      case StringValue(String text) -> out.write(utf8(text));
      case RecordValue _,
          ListValue _,
          NullValue _,
          BooleanValue _,
          IntegerValue _,
          DecimalValue _ ->
          out.write(utf8(ValueJson.write(value)));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
