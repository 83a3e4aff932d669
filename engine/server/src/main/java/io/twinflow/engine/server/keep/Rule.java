package io.twinflow.engine.server.keep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the ended runs of a workflow are kept; what is null does not restrict.
 *
 * @param workflow its name; empty for all that have no rule of their own
 * @param age since the end
 * @param runs the newest so many
 * @param bytes the newest that together take no more, with journals and files
 */
public record Rule(
    String workflow, @Nullable Duration age, @Nullable Integer runs, @Nullable Long bytes) {}
