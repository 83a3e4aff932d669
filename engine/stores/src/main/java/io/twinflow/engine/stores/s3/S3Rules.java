package io.twinflow.engine.stores.s3;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Which buckets, and what in them, people may name as inputs of their runs. Nothing else is ever
 * asked for, and what is refused is told in the same words whether it exists or not.
 */
public record S3Rules(List<Rule> rules) {

  /**
   * @param prefix that names of objects must begin with; empty for all
   */
  public record Rule(S3Site site, String bucket, String prefix) {

    boolean allows(String object) {
      return object.startsWith(prefix);
    }
  }

  public S3Rules {
    rules = List.copyOf(rules);
  }

  /**
   * What a location means.
   *
   * @param object without a slash at its beginning; empty for the whole bucket
   */
  record Place(S3Site site, String bucket, String object) {}

  Optional<Place> find(URI location) {
    String bucket = location.getRawAuthority();
    String path = location.getPath();
    String object = path == null || path.isEmpty() ? "" : path.substring(1);
    return rules.stream()
        .filter(rule -> rule.bucket().equals(bucket) && rule.allows(object))
        .findFirst()
        .map(rule -> new Place(rule.site(), rule.bucket(), object));
  }
}
