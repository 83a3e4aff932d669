package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.data.StorePrefix;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * Which files of this machine a submission may name: its upload, what lies below allowed roots, and
 * what its subject's own runs made.
 */
@Component
final class MayRead {

  private static final String TENANT = "default";

  private final FileRoots allowed;
  private final Path runs;
  private final Path uploads;
  private final RunList list;
  private final ArtifactStore store;

  MayRead(ServerSettings settings, DataFolder folder, RunList list, ArtifactStore store) {
    this.store = store;
    this.allowed = new FileRoots(settings.trust().roots());
    this.runs = folder.runs();
    this.uploads = folder.uploads();
    this.list = list;
  }

  FileRoots with(Path upload) {
    return allowed.and(upload);
  }

  void check(Submission submission, RecordValue inputs) throws FailureException {
    FileRoots roots = with(submission.folder());
    for (String upload : Submit.needed(submission)) {
      roots = roots.and(uploads.resolve(upload));
    }
    FileRoots all = roots;
    new SubmittedFiles(
            file -> all.hold(file) || isOfOwnRun(submission.subject(), file),
            location -> isOwn(submission.subject(), location))
        .check(inputs);
  }

  /** What is not in the server's store is judged where it is fetched. */
  private boolean isOwn(String subject, URI location) {
    return store
        .key(Locations.withoutSlash(location))
        .map(key -> key.text().startsWith(StorePrefix.of(TENANT, subject)))
        .orElse(true);
  }

  private boolean isOfOwnRun(String subject, Path file) {
    try {
      Path real = file.toRealPath();
      Path root = runs.toRealPath();
      return real.startsWith(root)
          && real.getNameCount() > root.getNameCount()
          && list.find(
                  new Caller(TENANT, subject, false), real.getName(root.getNameCount()).toString())
              .isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}
