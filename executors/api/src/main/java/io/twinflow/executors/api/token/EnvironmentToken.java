package io.twinflow.executors.api.token;

import java.io.IOException;

/** A variable of this process; fixed for its life. */
record EnvironmentToken(String name) implements Tokens {

  @Override
  public String token() throws IOException {
    String token = System.getenv(name);
    if (token == null || token.isBlank()) {
      throw new IOException(
          "the environment variable %s is not set: expected a token in it".formatted(name));
    }
    return token.strip();
  }
}
