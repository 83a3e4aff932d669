package io.twinflow.engine.cli.conformance;

import io.twinflow.workflowdefs.source.Node;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One test of a CWL suite.
 *
 * @param tool a file, maybe with a fragment
 * @param job null if the tool runs without inputs
 * @param output null if only success counts
 */
record ConformanceCase(
    String id,
    String doc,
    Path folder,
    String tool,
    @Nullable String job,
    @Nullable Node output,
    boolean shouldFail) {}
