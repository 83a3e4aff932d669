package io.twinflow.engine.server.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where outputs go and from where inputs may come, as the operator said it.
 *
 * @param store {@code s3://[SITE@]BUCKET[/PREFIX]}; null for the data folder
 * @param sites a file that names object stores; null if there is none
 * @param mostInput bytes that may be fetched for one run
 */
public record StoreSettings(@Nullable String store, @Nullable Path sites, long mostInput) {

  private static final long HUNDRED_GIB = 100L << 30;

  public static final StoreSettings FOLDER = new StoreSettings(null, null, HUNDRED_GIB);

  public StoreSettings {
    if (mostInput <= 0) {
      throw new IllegalArgumentException("the most bytes of input must be more than none");
    }
  }
}
