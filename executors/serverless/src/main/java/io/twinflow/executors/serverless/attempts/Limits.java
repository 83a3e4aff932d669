package io.twinflow.executors.serverless.attempts;

import java.time.Duration;

/**
 * How much a site is given at once, and how long it is waited for.
 *
 * @param cores of all attempts that it has at the same time
 * @param memoryMiB likewise, mebibytes
 * @param calls attempts that it has at the same time
 * @param startWithin after it has an attempt; one that has not started then never will
 * @param endWithin after its start; the site ends what runs longer, and does not say so
 * @param settle for a result to become visible on the shared folder after the site says that an
 *     attempt is over
 * @param poll between two looks at the attempts
 */
public record Limits(
    double cores,
    long memoryMiB,
    int calls,
    Duration startWithin,
    Duration endWithin,
    Duration settle,
    Duration poll) {

  public static final Limits DEFAULT =
      new Limits(
          16,
          65_536,
          100,
          Duration.ofMinutes(15),
          Duration.ofHours(24),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));

  public Limits withPoll(Duration interval) {
    return new Limits(cores, memoryMiB, calls, startWithin, endWithin, settle, interval);
  }

  public Limits withStartWithin(Duration limit) {
    return new Limits(cores, memoryMiB, calls, limit, endWithin, settle, poll);
  }

  public Limits withEndWithin(Duration limit) {
    return new Limits(cores, memoryMiB, calls, startWithin, limit, settle, poll);
  }

  public Limits withRoom(double someCores, long memory, int someCalls) {
    return new Limits(someCores, memory, someCalls, startWithin, endWithin, settle, poll);
  }

  public Limits withSettle(Duration time) {
    return new Limits(cores, memoryMiB, calls, startWithin, endWithin, time, poll);
  }
}
