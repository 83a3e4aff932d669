package io.twinflow.executors.api.site;

import java.nio.file.Path;

/**
 * What an engine offers to its sites.
 *
 * @param runs the folder on this machine where the runs are, absolute
 */
public record Surroundings(Path runs) {}
