package io.twinflow.executors.api;

import java.util.Optional;
import java.util.Set;

/**
 * What a site offers.
 *
 * @param cores in total
 * @param memoryMiB in total, mebibytes
 * @param containerEngine the name of what runs containers there; empty if nothing does
 * @param containerAdvice what to install or set to get containers, in one sentence
 * @param reaches URI schemes of artifacts the site can fetch itself
 * @param maxBatch the most attempts in one submission
 * @param queueDepth how many attempts should wait there to keep it busy
 */
public record Capabilities(
    double cores,
    long memoryMiB,
    int gpus,
    Optional<String> containerEngine,
    String containerAdvice,
    Set<String> reaches,
    int maxBatch,
    int queueDepth) {
  public Capabilities {
    reaches = Set.copyOf(reaches);
  }
}
