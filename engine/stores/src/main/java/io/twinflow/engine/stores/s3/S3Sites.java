package io.twinflow.engine.stores.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object stores that the operator named.
 *
 * @param rules what people may name as inputs
 */
public record S3Sites(Map<String, S3Site> sites, List<S3Rules.Rule> rules) {

  public static final S3Sites NONE = new S3Sites(Map.of(), List.of());

  public S3Sites {
    sites = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    rules = List.copyOf(rules);
  }

  /**
   * @param file null for what the environment says
   */
  public static S3Sites of(@Nullable Path file) throws IOException {
    return file == null ? S3File.read(System.getenv()) : S3File.read(file);
  }

  /**
   * @param name null for the only one
   * @param words of what named it
   */
  S3Site get(@Nullable String name, OpenS3.Words words) throws IOException {
    if (name == null && sites.size() == 1) {
      return sites.values().iterator().next();
    }
    S3Site site = name == null ? null : sites.get(name);
    if (site == null) {
      throw new IOException(
          sites.isEmpty()
              ? "%s names a bucket, and nothing says where and by which account: give a file with %s, or set TWINFLOW_S3_ENDPOINT, TWINFLOW_S3_ACCESS_KEY and TWINFLOW_S3_SECRET_KEY"
                  .formatted(words.place(), words.accounts())
              : "%s must say which of %s it means, as s3://%s@BUCKET/PREFIX"
                  .formatted(words.place(), sites.keySet(), sites.keySet().iterator().next()));
    }
    return site;
  }
}
