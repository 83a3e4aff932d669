package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are not the store: where users have inputs, and what says no. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class BundleWebIT {

  @TempDir private Path root;
  private StoreBench bench;
  private Attempt attempt;
  private HttpServer web;
  private final AtomicInteger refusals = new AtomicInteger();

  @BeforeEach
  void open() throws IOException {
    bench = new StoreBench(root, Duration.ofMinutes(10));
    attempt = Attempt.at(bench);
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/there",
        call -> {
          try (call) {
            byte[] text = "from the web\n".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, text.length);
            call.getResponseBody().write(text);
          }
        });
    web.createContext(
        "/moved",
        call -> {
          try (call) {
            call.getResponseHeaders().add("Location", url("/there").toString());
            call.sendResponseHeaders(302, -1);
          }
        });
    web.createContext(
        "/full",
        call -> {
          try (call) {
            refusals.incrementAndGet();
            call.getRequestBody().readAllBytes();
            byte[] text =
                "<Error><Code>QuotaExceeded</Code></Error>".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(403, text.length);
            call.getResponseBody().write(text);
          }
        });
    web.start();
  }

  @AfterEach
  void close() throws IOException {
    web.stop(0);
    bench.close();
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + path);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void anInputThatHasMovedIsFollowed(Client client) throws Exception {
    String target = bench.tasks.layout(attempt.key(), false).inputs() + "/i";
    TaskBuilder task =
        attempt.task("cat " + target).stage(new Staging.Link(url("/moved"), target, false));
    String said = attempt.run(client, task);
    assertThat(attempt.result(said).outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(attempt.log(LogStream.STDOUT)).isEqualTo("from the web\n");
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void aStoreThatIsFullEndsTheAttemptInItsWords(Client client) throws Exception {
    bench.putElsewhere(url("/full"));
    String said = attempt.run(client, attempt.task("echo much > large"));
    assertThat(attempt.result(said).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
              assertThat(failed.reason()).contains("large").contains("QuotaExceeded");
            });
    assertThat(refusals).hasValue(2);
  }
}
