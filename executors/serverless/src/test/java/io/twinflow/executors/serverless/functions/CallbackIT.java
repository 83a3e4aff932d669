package io.twinflow.executors.serverless.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.bundle.remote.CallbackTokens;
import io.twinflow.executors.bundle.remote.TicketListener;
import io.twinflow.executors.bundle.remote.TicketOffice;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.serverless.attempts.SharedFolder;
import io.twinflow.executors.serverless.attempts.Trial;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real functions call back. The engine looks by itself once in an hour: what is known sooner is
 * known by the callback.
 */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
class CallbackIT {

  private static final Limits LIMITS = Limits.DEFAULT.withPoll(Duration.ofHours(1));

  @TempDir private static Path peers;
  private static URI mean;

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  /** A runtime with the example of a function that is a tool. */
  @BeforeAll
  static void start() throws Exception {
    String said = peer("start");
    mean = URI.create(said.substring(said.lastIndexOf("http://")).strip());
  }

  @AfterAll
  static void stop() throws Exception {
    peer("stop");
  }

  private static String peer(String action) throws Exception {
    Path script = Path.of(System.getenv("TWINFLOW_ROOT"), "peers", "functions");
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), action).redirectErrorStream(true);
    builder.environment().put("TWINFLOW_PEERS", peers.toString());
    builder.environment().put("TWINFLOW_FUNCTION", "mean.js");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  private static Exchange exchange(int port) {
    return new Exchange(
        new MapPlace(),
        URI.create("http://127.0.0.1:%d/tickets/".formatted(port)),
        "nobody can guess this, can they?",
        key -> "runs/" + key.run());
  }

  private TicketListener listen(Exchange exchange, int port) throws IOException {
    return opened(
        new TicketListener(
            TicketOffice.of("faults", exchange)::answer,
            exchange.callbacks(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  private Executor executor(URI function, Answering answering, Exchange exchange) {
    Path shared = folder.resolve("shared");
    return opened(
        FunctionSite.open(
            FunctionOptions.at(function, shared).withLimits(LIMITS).withAnswers(answering),
            new SharedFolder("functions", shared),
            Optional.of(exchange)));
  }

  private Exchange answered() throws IOException {
    int port = freePort();
    Exchange exchange = exchange(port);
    listen(exchange, port);
    return exchange;
  }

  /** None that the system gives to whoever asks for any. */
  private static int freePort() {
    return ThreadLocalRandom.current()
        .ints(20_000, 30_000)
        .filter(CallbackIT::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static Batch batch(Executor executor, String... command) {
    AttemptKey key = new AttemptKey("faults", "f" + Long.toString(System.nanoTime(), 36), 1, 1);
    TaskSpec task =
        new TaskBuilder(key, executor.layout(key, false), List.of(command), null).build();
    return new Batch(new BatchKey("faults", key.run(), 1), List.of(task));
  }

  private static Outcome outcome(TaskState end) {
    assertThat(end).isInstanceOf(TaskState.Ended.class);
    return ((TaskState.Ended) end).result().outcome();
  }

  private static String outputs(Executor executor, TaskSpec task) throws Exception {
    var all = executor.outputs(task);
    return new String(
        all.read(all.find("cwl.output.json").orElseThrow(), 1000), StandardCharsets.UTF_8);
  }

  @Test
  void whatAFunctionTellsIsSeenAtOnce() throws Exception {
    Exchange exchange = answered();
    Trial trial = new Trial(folder);
    URI function = URI.create(System.getenv("TWINFLOW_FUNCTIONS_URL"));
    Executor executor = executor(function, Answering.AT_ONCE, exchange);
    TaskBuilder task = trial.task(executor, "sleep 0.3");
    trial.succeeds(executor, executor.submit(trial.batch(task)));
    assertThat(whereItStands(CallbackTokens.of(exchange, "functions"), task.build().attempt()))
        .isEmpty();
  }

  /** Files in which the token stands. */
  private List<Path> whereItStands(CallbackTokens tokens, AttemptKey attempt) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> found = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(tokens.token(attempt))) {
          found.add(file);
        }
      }
      return found;
    }
  }

  @Test
  void aFunctionThatIsTheToolGivesOutputs() throws Exception {
    Exchange exchange = answered();
    Executor executor = executor(mean, Answering.WITH_VALUES, exchange);
    Batch batch = batch(executor, "mean", "1", "2", "6");
    TaskSpec task = batch.tasks().getFirst();
    TaskState end = new Trial(folder).end(executor, executor.submit(batch), task.attempt());
    assertThat(outcome(end)).isEqualTo(new Outcome.Exited(0));
    assertThat(outputs(executor, task)).isEqualTo("{\"mean\":3}");
    assertThat(whereItStands(CallbackTokens.of(exchange, "functions"), task.attempt())).isEmpty();
  }

  @Test
  void aFunctionThatIsTheToolFailsInItsWords() throws Exception {
    Executor executor = executor(mean, Answering.WITH_VALUES, answered());
    Batch batch = batch(executor, "mean", "1", "two");
    AttemptKey attempt = batch.tasks().getFirst().attempt();
    TaskState end = new Trial(folder).end(executor, executor.submit(batch), attempt);
    assertThat(Trial.failure(end))
        .isEqualTo(new Outcome.Failed(FailureKind.TASK, "expected numbers, found '1 two'"));
  }

  @Test
  void anEngineThatWasAwayIsToldWhenItIsBack() throws Exception {
    int port = freePort();
    Executor first = executor(mean, Answering.WITH_VALUES, exchange(port));
    Batch batch = batch(first, "mean", "4", "4");
    TaskSpec task = batch.tasks().getFirst();
    BatchHandle handle = first.submit(batch);
    Trial trial = new Trial(folder);
    // The function has it, and calls back where nobody listens.
    trial.untilHeard(first, handle, "has it");
    first.close();

    Exchange exchange = exchange(port);
    Executor second = executor(mean, Answering.WITH_VALUES, exchange);
    listen(exchange, port);
    BatchHandle found = second.find(batch.key(), List.of(task.attempt())).orElseThrow();
    assertThat(outcome(trial.end(second, found, task.attempt()))).isEqualTo(new Outcome.Exited(0));
    assertThat(outputs(second, task)).isEqualTo("{\"mean\":4}");
  }
}
