package io.twinflow.executors.slurm;

import java.io.IOException;
import java.util.Optional;

/**
 * What a batch consists of, written before its first job is submitted, so that an engine which
 * comes later can submit what is missing: the attempts, for each part what is submitted, and, once
 * that was answered, the job's id.
 */
interface BatchNotes {

  boolean exists() throws IOException;

  BatchContent read() throws IOException;

  /**
   * Makes two parts of one that was refused.
   *
   * @param rest the number of the new one
   */
  Submission split(int part, Submission what, int rest) throws IOException;

  /** Empty if it is not known, or just being written down. */
  Optional<Long> readJob(int part) throws IOException;

  void writeJob(int part, long id) throws IOException;

  void delete() throws IOException;
}
