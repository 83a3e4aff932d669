package io.twinflow.engine.stores.s3;

import java.net.URI;

/**
 * An object store and the account by which it is used.
 *
 * @param name that the operator gave it
 * @param endpoint {@code http(s)://HOST[:PORT]}
 * @param region as the store calls it; most that are not Amazon's take any
 * @param secretKey appears in no message
 */
public record S3Site(String name, URI endpoint, String region, String accessKey, String secretKey) {

  /** What stores without regions answer to. */
  public static final String ANY_REGION = "us-east-1";

  /**
   * @throws IllegalArgumentException if the endpoint is not one; says what was expected
   */
  public S3Site {
    String scheme = endpoint.getScheme();
    String path = endpoint.getRawPath();
    if (!("http".equals(scheme) || "https".equals(scheme))
        || endpoint.getHost() == null
        || endpoint.getRawUserInfo() != null
        || !(path == null || path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException(
          "the endpoint of an object store is http://HOST or https://HOST, with :PORT if it needs one, and nothing after it; not '%s'"
              .formatted(endpoint.getHost() == null ? endpoint : endpoint.getHost() + path));
    }
  }

  @Override
  public String toString() {
    return "S3Site[%s at %s]".formatted(name, endpoint);
  }
}
