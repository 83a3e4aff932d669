package io.twinflow.triggers.source.dcache;

import io.twinflow.triggers.source.web.WebAccess;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param address of the frontend, without a path
 * @param path the folder in dCache, without a slash at its end
 * @param recursive whether folders below it count as well
 * @param client by which this source's channel is known at the frontend
 * @param keep so long the frontend keeps events for a source that is away
 * @param every so often all folders are listed
 * @param door where files can be fetched that are events; null if that is not known
 */
record DcacheOptions(
    URI address,
    WebAccess access,
    String path,
    boolean recursive,
    String client,
    Duration keep,
    Duration every,
    @Nullable String door) {

  /** The source of its events. */
  URI channel() {
    return address.resolve(Paths.encoded(path));
  }
}
