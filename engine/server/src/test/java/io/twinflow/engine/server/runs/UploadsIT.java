package io.twinflow.engine.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.engine.server.boot.DataFolder;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who needs which folder is in a real database. */
final class UploadsIT {

  @TempDir private Path folder;

  /** The answer to the first try was lost, and a kept workflow is needed by both. */
  @Test
  void whoAsksTwiceHasAllOfBoth() throws Exception {
    try (PrivatePostgres postgres = PreparedPostgres.start(folder.resolve("database"));
        DataFolder data = DataFolder.hold(folder.resolve("data"), false)) {
      Uploads uploads = new Uploads(data, postgres.dataSource());
      Path kept = uploads.newFolder();
      Path first = uploads.newFolder();
      Path second = uploads.newFolder();
      Set<String> needed = Set.of(Uploads.name(kept));

      uploads.hold(first, needed);
      uploads.give(first, "run");
      uploads.hold(second, needed);
      uploads.give(second, "run");

      assertThat(uploads.of("run"))
          .containsExactlyInAnyOrder(Uploads.name(kept), Uploads.name(first), Uploads.name(second));
      uploads.release("run");
      assertThat(kept).doesNotExist();
      assertThat(first).doesNotExist();
      assertThat(second).doesNotExist();
      assertThat(data.uploads()).isEmptyDirectory();
    }
  }
}
