package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.Listening;
import io.twinflow.engine.server.boot.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
                .withUnsandboxed(true)
                .withListening(new Listening("127.0.0.1", 0, new Listening.Tls(certificate, key))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void speaksTlsAndReadsARenewedCertificate() throws Exception {
    X509Certificate first = certificate();
    assertThat(health(first).statusCode()).isEqualTo(200);

    makeCertificate();
    X509Certificate renewed = certificate();

    assertThat(renewed).isNotEqualTo(first);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> health(renewed).statusCode() == 200);
  }

  private static HttpResponse<String> health(X509Certificate trusted) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(trusted)).build()) {
      String port = server.getEnvironment().getProperty("local.server.port");
      URI uri = URI.create("https://127.0.0.1:" + port + "/api/v1/openapi.json");
      return client.send(
          HttpRequest.newBuilder(uri)
              .header(
                  "Authorization",
                  "Bearer " + Files.readString(folder.resolve("data/admin-token")).strip())
              .build(),
          BodyHandlers.ofString());
    }
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate certificate() throws Exception {
    try (InputStream in = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
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
