package io.twinflow.executors.slurm;

import java.util.List;

/**
 * What a batch consists of.
 *
 * @param attempts in their order, as their {@link Ground} names them
 * @param parts what is submitted
 * @param isNew whether nobody can have submitted any of it
 */
record BatchContent(List<String> attempts, List<Submission> parts, boolean isNew) {}
