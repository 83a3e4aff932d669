package io.twinflow.engine.server;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Sends numbers over several feeds at one time, some of them twice, while servers, their database
 * and what is between are killed one after the other.
 */
final class Trial {

  /** Each number comes back, as the output of its run. */
  private static final String COUNT =
      """
      {"cwlVersion": "v1.2", "class": "ExpressionTool", "id": "count",
       "requirements": [{"class": "InlineJavascriptRequirement"}],
       "inputs": {"number": "int"}, "outputs": {"same": "int"},
       "expression": "${ return {same: inputs.number}; }"}
      """;

  private static final int MOST_TOGETHER = 40;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is sent and not yet done, so that those that are killed have something to lose. */
  private static final int FEWEST_AHEAD = 200;

  private static final int SHARE_AHEAD = 20;

  /** After one of so many kills the next follows at once. */
  private static final int PAIRS = 4;

  private final Installation installation;
  private final Map<Feed, Integer> counts;
  private final Random random;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final Map<String, Integer> kills = Collections.synchronizedMap(new LinkedHashMap<>());

  Trial(Installation installation, Map<Feed, Integer> counts, long seed) {
    this.installation = installation;
    this.counts = counts;
    this.random = new Random(seed);
  }

  /** What happened. */
  record Course(
      Map<String, Integer> kills, int repeated, int failures, Duration sending, Duration all) {}

  int events() {
    return counts.values().stream().mapToInt(each -> each).sum();
  }

  /** The server's configuration. */
  static void configure(Path data, Path folder, Iterable<Feed> feeds) throws Exception {
    StringBuilder text = new StringBuilder("sources:\n");
    for (Feed feed : feeds) {
      text.append(feed.source(folder));
    }
    Files.createDirectories(data);
    Files.writeString(data.resolve("twinflow.yaml"), text);
  }

  /**
   * @param rounds so often everything that may be killed is
   */
  Course carryOut(int rounds) throws Exception {
    installation.awaitUp();
    put("POST", "/api/v1/workflows?name=count", "application/cwl", COUNT);
    for (Feed feed : counts.keySet()) {
      String trigger =
          "name: %s\n%sworkflow: count\noptions: {useCache: false}\n"
              .formatted(feed.name(), feed.trigger());
      put("PUT", "/api/v1/triggers/" + feed.name(), "application/yaml", trigger);
    }
    Instant begin = Instant.now();
    try (Progress progress = new Progress(installation)) {
      Duration sending = sendAndKill(rounds, progress, begin);
      progress.await(done -> done >= events());
      return new Course(
          new LinkedHashMap<>(kills),
          repeated.get(),
          failures.get(),
          sending,
          Duration.between(begin, Instant.now()));
    }
  }

  private Duration sendAndKill(int rounds, Progress progress, Instant begin) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = new ArrayList<>();
      counts.forEach((feed, count) -> {
        Random own = new Random(random.nextLong());
        sending.add(
            threads.submit(() -> {
              send(feed, count, own, progress);
              return null;
            }));
      });
      kill(rounds, progress, sending);
      for (Future<?> each : sending) {
        each.get();
      }
    }
    return Duration.between(begin, Instant.now());
  }

  private void put(String method, String path, String type, String body) {
    installation.insist(
        server ->
            server.send(
                server
                    .to(path)
                    .header("Content-Type", type)
                    .method(method, BodyPublishers.ofString(body))),
        answer -> answer.statusCode() < 300);
  }

  private void send(Feed feed, int count, Random own, Progress progress) {
    int ahead = Math.max(FEWEST_AHEAD, events() / SHARE_AHEAD);
    int next = 0;
    while (next < count) {
      progress.await(done -> sent.get() <= done + ahead);
      List<Integer> numbers = new ArrayList<>();
      int end = Math.min(count, next + 1 + own.nextInt(MOST_TOGETHER));
      while (next < end) {
        numbers.add(next++);
      }
      insist(feed, numbers);
      sent.addAndGet(numbers.size());
      if (feed.mayRepeat() && own.nextInt(10) == 0) {
        insist(feed, numbers);
        repeated.addAndGet(numbers.size());
      }
    }
  }

  private void insist(Feed feed, List<Integer> numbers) {
    Awaitility.await(feed.name())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .pollDelay(Duration.ZERO)
        .until(() -> isSent(feed, numbers));
  }

  private boolean isSent(Feed feed, List<Integer> numbers) throws Exception {
    try {
      feed.send(numbers);
      return true;
    } catch (Exception e) {
      if (!feed.mayRepeat()) {
        throw e;
      }
      failures.incrementAndGet();
      return false;
    }
  }

  /** Spread over the whole. */
  private void kill(int rounds, Progress progress, List<Future<?>> sending) throws Exception {
    List<String> victims = new ArrayList<>(List.of("server", "server", "database"));
    counts.keySet().forEach(feed -> victims.add(feed.name()));
    int all = rounds * victims.size();
    for (int i = 0; i < all; i++) {
      if (i % victims.size() == 0) {
        Collections.shuffle(victims, random);
      }
      if (random.nextInt(PAIRS) != 0) {
        long reached = (i + 1L) * events() / (all + 1);
        progress.await(done -> done >= reached || hasFailed(sending));
      }
      if (hasFailed(sending)) {
        return;
      }
      kill(victims.get(i % victims.size()));
    }
  }

  private static boolean hasFailed(List<Future<?>> sending) {
    return sending.stream().anyMatch(each -> each.state() == Future.State.FAILED);
  }

  private void kill(String victim) throws Exception {
    switch (victim) {
      case "server" -> installation.killServer(random);
      case "database" -> installation.killDatabase();
      default -> {
        if (!feed(victim).kill()) {
          return;
        }
      }
    }
    kills.merge(victim, 1, Integer::sum);
  }

  private Feed feed(String name) {
    return counts.keySet().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
