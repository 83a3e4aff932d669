package io.twinflow.engine.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.stores.s3.S3Rules.Rule;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.engine.stores.s3.S3Sites;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InputSchemesTest {

  private static final ServerSettings PLAIN = ServerSettings.in(Path.of("data"));

  @Test
  void onlyTheWebIsOpenToAll() {
    assertThat(InputSchemes.of(PLAIN, S3Sites.NONE).names()).containsExactly("http", "https");
  }

  @Test
  void filesNeedAFolderThatMayBeReadAndS3ABucket() {
    ServerSettings roots = PLAIN.withTrust(Trust.NONE.withRoots(List.of(Path.of("/data"))));
    S3Site site = new S3Site("one", URI.create("http://127.0.0.1:9000"), "eu-1", "a", "b");
    S3Sites unread = new S3Sites(Map.of("one", site), List.of());
    S3Sites read = new S3Sites(Map.of("one", site), List.of(new Rule(site, "climate", "")));
    assertThat(InputSchemes.of(roots, unread).names()).containsExactly("http", "https", "file");
    assertThat(InputSchemes.of(PLAIN, read).names()).containsExactly("http", "https", "s3");
  }
}
