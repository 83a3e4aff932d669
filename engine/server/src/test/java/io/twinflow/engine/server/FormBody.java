package io.twinflow.engine.server;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** Form data (RFC 7578), part by part. */
final class FormBody {

  private static final String BOUNDARY = "----twinflow-test";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  FormBody text(String name, String text) {
    return part("name=\"%s\"".formatted(name), text.getBytes(StandardCharsets.UTF_8));
  }

  FormBody file(String name, String fileName, String content) {
    return file(name, fileName, content.getBytes(StandardCharsets.UTF_8));
  }

  FormBody file(String name, String fileName, byte[] content) {
    return part("name=\"%s\"; filename=\"%s\"".formatted(name, fileName), content);
  }

  private FormBody part(String disposition, byte[] content) {
    write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n");
    bytes.writeBytes(content);
    write("\r\n");
    return this;
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  HttpRequest.Builder to(HttpRequest.Builder request) {
    write("--" + BOUNDARY + "--\r\n");
    return half(request);
  }

  /** Without the end that form data must have. */
  HttpRequest.Builder half(HttpRequest.Builder request) {
    return request
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(bytes.toByteArray()));
  }
}
