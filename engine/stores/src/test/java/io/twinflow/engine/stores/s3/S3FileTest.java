package io.twinflow.engine.stores.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.stores.s3.S3Rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3FileTest {

  private static final OpenS3.Words WORDS = new OpenS3.Words("--store", "--s3");

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("s3"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void storesHaveTheirAccountsAndWhatPeopleMayRead() throws IOException {
    S3Sites sites =
        S3File.read(
            file(
                """
                # two
                [one]
                endpoint = http://127.0.0.1:9000
                access_key = a
                secret_key = sesame
                read = climate/era5/ shared

                [two]
                endpoint=https://s3.example.org
                region = eu-1
                access_key=b
                secret_key=c=d
                """));
    assertThat(sites.sites().keySet()).containsExactly("one", "two");
    assertThat(sites.get("two", WORDS).secretKey()).isEqualTo("c=d");
    assertThat(sites.get("two", WORDS).region()).isEqualTo("eu-1");
    assertThat(sites.rules())
        .containsExactly(
            new Rule(sites.get("one", WORDS), "climate", "era5/"),
            new Rule(sites.get("one", WORDS), "shared", ""));
    assertThat(sites.toString()).doesNotContain("sesame");
    assertThatThrownBy(() -> sites.get(null, WORDS)).hasMessageContaining("s3://one@BUCKET");
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    Path file = file("[a]\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> S3File.read(file)).hasMessageContaining("chmod 600");
  }

  @Test
  void mistakesAreNamedWithTheirLineAndWithoutSecrets() throws IOException {
    assertThatThrownBy(() -> S3File.read(file("[a]\nsecret_kye = sesame\n")))
        .hasMessageContaining("s3:2: expected access_key, endpoint")
        .message()
        .doesNotContain("sesame");
    assertThatThrownBy(() -> S3File.read(file("[a]\nendpoint = http://h\n")))
        .hasMessageContaining("[a] has no access_key");
    assertThatThrownBy(() ->
            S3File.read(file("[a]\nendpoint = http://h/path\naccess_key = a\nsecret_key = b\n")))
        .hasMessageContaining("nothing after it");
  }

  @Test
  void oneStoreCanBeSaidInTheEnvironment() throws IOException {
    assertThat(S3File.read(Map.of()).sites()).isEmpty();
    S3Sites sites =
        S3File.read(
            Map.of(
                "TWINFLOW_S3_ENDPOINT", "http://h:1",
                "TWINFLOW_S3_ACCESS_KEY", "a",
                "TWINFLOW_S3_SECRET_KEY", "b",
                "TWINFLOW_S3_READ", "bucket/x"));
    assertThat(sites.get(null, WORDS).endpoint()).hasToString("http://h:1");
    assertThat(sites.rules()).extracting(Rule::prefix).containsExactly("x");
  }
}
