package io.twinflow.executors.slurm;

import java.nio.file.Path;
import java.util.List;

/**
 * What a batch consists of.
 *
 * @param attempts their folders, in their order
 * @param parts what is submitted
 * @param isNew whether nobody can have submitted any of it
 */
record BatchContent(List<Path> attempts, List<Submission> parts, boolean isNew) {}
