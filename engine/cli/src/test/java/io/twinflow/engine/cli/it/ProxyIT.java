package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a client where only a proxy leads out. */
@Timeout(60)
final class ProxyIT {

  @TempDir Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ServerSocket proxy;

  @BeforeEach
  void start() throws Exception {
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = proxy.accept();
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
          asked.add(in.readLine());
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (SocketException e) {
      // The test is over.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandRun status(String server, String... environment) {
    CommandRun command = CommandRun.in(folder).with("TWINFLOW_TOKEN", "t");
    for (String name :
        List.of("http_proxy", "https_proxy", "no_proxy", "NO_PROXY", "HTTPS_PROXY")) {
      command.with(name, "");
    }
    for (int i = 0; i < environment.length; i += 2) {
      command.with(environment[i], environment[i + 1]);
    }
    return command.call("status", "20261120-120000-abcdef", "--server", server);
  }

  private String address() {
    return "http://127.0.0.1:" + proxy.getLocalPort();
  }

  @Test
  void aServerIsReachedThroughTheProxyOfTheEnvironment() {
    CommandRun tls = status("https://twinflow.invalid:8443", "https_proxy", address());
    assertThat(asked).isNotEmpty().allMatch("CONNECT twinflow.invalid:8443 HTTP/1.1"::equals);
    assertThat(tls.code()).isEqualTo(ExitCode.FAILURE);

    asked.clear();
    status("http://twinflow.invalid", "http_proxy", address() + "/");
    assertThat(asked)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("GET http://twinflow.invalid/api/v1/runs/2026"));
  }

  @Test
  void serversThatNeedNoProxyAndThisMachineAreAskedThemselves() {
    status(
        "https://a.twinflow.invalid",
        "https_proxy",
        address(),
        "no_proxy",
        "x.org,.twinflow.invalid");
    status("http://127.0.0.1:1", "http_proxy", address());
    status("http://twinflow.invalid", "HTTP_PROXY", address(), "https_proxy", address());
    assertThat(asked).isEmpty();
  }

  @Test
  void anAddressThatIsNoneIsNamedWithItsVariable() {
    CommandRun wrong = status("https://twinflow.invalid", "https_proxy", "socks5://127.0.0.1:1080");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("https_proxy is \"socks5://127.0.0.1:1080\": expected");
  }
}
