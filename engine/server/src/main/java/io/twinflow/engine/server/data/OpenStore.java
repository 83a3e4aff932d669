package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.stores.folder.FolderStore;
import io.twinflow.engine.stores.s3.S3Bucket;
import io.twinflow.engine.stores.s3.S3Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens the store of a server, and says at once if it cannot be used. */
final class OpenStore {

  private static final Pattern S3 =
      Pattern.compile("s3://(?:(?<site>[^@/]+)@)?(?<bucket>[^@/]+)(?:/(?<prefix>.*))?");

  private OpenStore() {}

  /**
   * @param runs where tools write, which is the store unless another is named
   */
  static ArtifactStore of(StoreSettings settings, S3Sites sites, Path runs) throws IOException {
    String place = settings.store();
    if (place == null) {
      return new FolderStore(runs, false);
    }
    Matcher parts = S3.matcher(place);
    if (!parts.matches()) {
      throw new IOException(
          "--store %s is not a place for artifacts; expected s3://BUCKET/PREFIX".formatted(place));
    }
    String prefix = parts.group("prefix") == null ? "" : parts.group("prefix");
    String whole = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    S3Bucket bucket = new S3Bucket(sites.get(parts.group("site")), parts.group("bucket"));
    try {
      return new S3Store(bucket, whole).check();
    } catch (IOException | RuntimeException e) {
      bucket.close();
      throw e;
    }
  }
}
