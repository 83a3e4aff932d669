package io.twinflow.executors.slurm;

import java.time.Instant;
import java.util.List;

/**
 * What a batch consists of.
 *
 * @param attempts in their order, as their {@link Ground} names them
 * @param parts what is submitted
 * @param written when all of it was there, which is before the first job was
 * @param isNew whether nobody can have submitted any of it
 */
record BatchContent(
    List<String> attempts, List<Submission> parts, Instant written, boolean isNew) {}
