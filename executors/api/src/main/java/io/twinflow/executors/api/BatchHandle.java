package io.twinflow.executors.api;

import java.util.Set;

/**
 * A batch that the site has.
 *
 * @param attempts those the site has or will run; an attempt of the batch that is missing here was
 *     never started and never will be
 * @param siteId what an administrator of the site knows the batch by (a job id); may be empty
 */
public record BatchHandle(BatchKey key, Set<AttemptKey> attempts, String siteId) {
  public BatchHandle {
    attempts = Set.copyOf(attempts);
  }
}
