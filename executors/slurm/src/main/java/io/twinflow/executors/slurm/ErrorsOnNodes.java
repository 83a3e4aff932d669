package io.twinflow.executors.slurm;

import java.util.Optional;

/** What jobs said where only their nodes have it; a job that could tell the engine left nothing. */
record ErrorsOnNodes() implements JobErrors {

  @Override
  public String quoted(Followed followed) {
    return "; what it said, if anything, is in %s on its node"
        .formatted(StagedJob.ERRORS.formatted(followed.siteId()));
  }

  @Override
  public Optional<JobEnd> end(Followed followed) {
    return Optional.empty();
  }

  @Override
  public boolean tellsOfMemory(Followed followed) {
    return false;
  }
}
