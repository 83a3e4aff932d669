package io.twinflow.engine.stores.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Makes calls, tries again those that may go well then, and puts failures in words. */
record S3Calls(S3Words words) {

  private static final int TRIES = 4;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** One request; may be made again. */
  @FunctionalInterface
  interface Call<T> {
    // What the client declares is wider than what can happen.
    @SuppressWarnings("PMD.SignatureDeclareThrowsException")
    CompletableFuture<T> start() throws Exception;
  }

  /**
   * @param key for messages
   */
  <T> T make(String key, Call<T> call) throws IOException {
    Throwable last;
    try {
      for (int i = 1; ; i++) {
        try {
          return call.start().get();
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          last = cause(e);
        }
        if (i == TRIES || !S3Words.isPassing(last)) {
          throw words.of(key, last);
        }
        Thread.sleep(PAUSE.multipliedBy(1L << i));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(key + ": stopped while the store was asked");
    }
  }

  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
