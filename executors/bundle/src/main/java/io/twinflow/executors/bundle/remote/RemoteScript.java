package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.bundle.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The script that a site runs, put together from its parts. It is the same for all attempts. */
final class RemoteScript {

  private static final List<String> PARTS =
      List.of("head.sh", "http.sh", "fetch.sh", "logs.sh", "collect.sh", "send.sh");

  private static final String END = "(end of bundle.sh)";

  static final String TEXT = text();

  private RemoteScript() {}

  private static String text() {
    StringBuilder text = new StringBuilder();
    PARTS.forEach(part -> text.append(read(part)).append('\n'));
    text.append("write_bundle() {\n  cat >\"$here/bundle.sh\" <<'" + END + "'\n");
    text.append(Bundle.text());
    text.append(END + "\n}\n\n");
    text.append(read("main.sh"));
    return text.toString();
  }

  private static String read(String name) {
    try (InputStream in = RemoteScript.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
