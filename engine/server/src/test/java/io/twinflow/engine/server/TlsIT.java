package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.Twinflow;
import io.twinflow.engine.server.boot.Listening;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A server with a certificate of its own. */
class TlsIT {

  @TempDir static Path folder;
  private static ConfigurableApplicationContext server;
  private static Path certificate;
  private static Path key;

  @BeforeAll
  static void start() throws Exception {
    certificate = folder.resolve("server.pem");
    key = folder.resolve("server.key");
    makeCertificate();
    Path data = folder.resolve("data");
    server =
        TwinflowServer.start(
            ServerSettings.in(data)
                .withTrust(Trust.IN_TOOLS)
                .withListening(new Listening("127.0.0.1", 0, new Listening.Tls(certificate, key))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void speaksTlsAndReadsARenewedCertificate() throws Exception {
    assertThat(list("--ca-file", "server.pem")).contains("no such runs");
    assertThat(list()).contains("TLS fails", "--ca-file");

    makeCertificate();

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> list("--ca-file", "server.pem").contains("no such runs"));
  }

  /** What the command says to a server, and whom it trusts. */
  private static String list(String... trust) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>(List.of("list"));
    words.addAll(List.of(trust));
    Twinflow.execute(
        words.toArray(String[]::new),
        InputStream.nullInputStream(),
        both,
        both,
        Map.of(
            "TWINFLOW_SERVER",
            "https://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port"),
            "TWINFLOW_TOKEN",
            Files.readString(folder.resolve("data/admin-token"))),
        folder);
    return said.toString(StandardCharsets.UTF_8);
  }

  private static void makeCertificate() throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-subj",
                "/CN=twinflow",
                "-addext",
                "subjectAltName=IP:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    assertThat(openssl.waitFor()).isZero();
  }
}
