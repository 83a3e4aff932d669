package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.io.Reader;

/** A text in which each line is relocated as it is read. */
final class RelocatedLines extends Reader {

  private final Reader source;
  private final Relocation relocation;
  private String line = "";
  private int at;

  RelocatedLines(Reader source, Relocation relocation) {
    this.source = source;
    this.relocation = relocation;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (at == line.length()) {
      line = relocation.text(next());
      at = 0;
      if (line.isEmpty()) {
        return -1;
      }
    }
    int count = Math.min(length, line.length() - at);
    line.getChars(at, at + count, buffer, offset);
    at += count;
    return count;
  }

  /** With its end; empty after the last. */
  private String next() throws IOException {
    StringBuilder text = new StringBuilder();
    int c;
    while ((c = source.read()) >= 0) {
      text.append((char) c);
      if (c == '\n') {
        break;
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
