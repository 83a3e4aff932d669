package io.twinflow.engine.server.data;

import io.twinflow.engine.stores.s3.S3Rules;
import io.twinflow.engine.stores.s3.S3Site;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object stores that the operator named.
 *
 * @param rules what people may name as inputs
 */
record S3Sites(Map<String, S3Site> sites, List<S3Rules.Rule> rules) {

  static final S3Sites NONE = new S3Sites(Map.of(), List.of());

  S3Sites {
    sites = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    rules = List.copyOf(rules);
  }

  static S3Sites of(StoreSettings settings) throws IOException {
    return settings.sites() == null ? S3File.read(System.getenv()) : S3File.read(settings.sites());
  }

  /**
   * @param name null for the only one
   */
  S3Site get(@Nullable String name) throws IOException {
    if (name == null && sites.size() == 1) {
      return sites.values().iterator().next();
    }
    S3Site site = name == null ? null : sites.get(name);
    if (site == null) {
      throw new IOException(
          sites.isEmpty()
              ? "--store names a bucket, and nothing says where and by which account: give a file with --s3, or set TWINFLOW_S3_ENDPOINT, TWINFLOW_S3_ACCESS_KEY and TWINFLOW_S3_SECRET_KEY"
              : "--store must say which of %s it means, as s3://%s@BUCKET/PREFIX"
                  .formatted(sites.keySet(), sites.keySet().iterator().next()));
    }
    return site;
  }
}
