package io.twinflow.triggers.source.bucket;

import java.io.IOException;

/** The buckets for which this server has accounts. */
public interface Buckets {

  /** Where there are none. */
  Buckets NONE =
      place -> {
        throw new IOException("no account for a bucket is configured here");
      };

  /**
   * Asks it nothing.
   *
   * @param place {@code s3://[SITE@]BUCKET[/PREFIX]}
   * @throws IOException if it is no such place, or no account is for it
   */
  Bucket open(String place) throws IOException;
}
