package io.twinflow.executors.api.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The one line of a file, which somebody else keeps fresh. */
record FileToken(Path file) implements Tokens {

  @Override
  public String token() throws IOException {
    try {
      String token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw new IOException(file + " is empty: expected a token in it");
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist: expected a token in it", e);
    }
  }
}
