package io.twinflow.engine.stores.s3;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a part of a bucket as a store of artifacts; asks it nothing. */
public final class OpenS3 {

  private static final Pattern S3 =
      Pattern.compile("s3://(?:(?<site>[^@/]+)@)?(?<bucket>[^@/]+)(?:/(?<prefix>.*))?");

  private OpenS3() {}

  /**
   * For messages.
   *
   * @param place what names the place, as in {@code --store}
   * @param accounts what would name the file of accounts
   */
  public record Words(String place, String accounts) {}

  /** A bucket and what names in it begin with, as it was written; empty for all. */
  public record Part(S3Bucket bucket, String prefix) {}

  /** The same place as a store: below a folder. */
  public static S3Store at(String place, S3Sites sites, Words words) throws IOException {
    Part part = part(place, sites, words);
    String prefix = part.prefix();
    String whole = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    return new S3Store(part.bucket(), whole);
  }

  /**
   * @param place {@code s3://[SITE@]BUCKET[/PREFIX]}
   */
  public static Part part(String place, S3Sites sites, Words words) throws IOException {
    Matcher parts = S3.matcher(place);
    if (!parts.matches()) {
      throw new IOException(
          "%s %s is not a place for artifacts; expected s3://BUCKET/PREFIX"
              .formatted(words.place(), place));
    }
    String prefix = parts.group("prefix") == null ? "" : parts.group("prefix");
    return new Part(
        new S3Bucket(sites.get(parts.group("site"), words), parts.group("bucket")), prefix);
  }
}
