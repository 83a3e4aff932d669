package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.secret.SecretValues;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.data.StorePrefix;
import io.twinflow.engine.stores.near.NearCopies;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which files of this machine a run may name while it executes, whatever names them: a default of
 * an inner step, an expression, a tool's output or a link. Those are the files of runs and uploads
 * of the same subject, what was fetched from elsewhere, and what lies below allowed roots.
 * Administrators see the files of all.
 */
@Component
public final class RunFiles {

  private static final String TENANT = "default";

  private final FileRoots everybodys;
  private final Path runs;
  private final Path uploads;
  private final JdbcClient database;
  private final ArtifactStore store;
  private final NearCopies near;
  private final RunSubjects subjects;

  RunFiles(
      ServerSettings settings,
      DataFolder folder,
      DataSource database,
      ArtifactStore store,
      NearCopies near,
      RunSubjects subjects) {
    this.subjects = subjects;
    this.store = store;
    this.near = near;
    this.everybodys = new FileRoots(settings.trust().roots()).and(folder.inputs());
    this.runs = folder.runs();
    this.uploads = folder.uploads();
    this.database = JdbcClient.create(database);
  }

  /**
   * By location. Links are followed before it is decided; what lies neither on this machine nor in
   * the server's store is judged where it is fetched. Safe for many threads.
   */
  public Predicate<URI> of(RunId run, String subject) {
    boolean all = isAdministrator(subject);
    Predicate<Path> files = files(run, subject, all);
    return location -> {
      Path file = Locations.path(location.toString());
      return file == null ? all || isStoredOf(location, subject) : files.test(file);
    };
  }

  private Predicate<Path> files(RunId run, String subject, boolean all) {
    Map<String, Boolean> known = new ConcurrentHashMap<>();
    return file -> {
      Optional<String> made = below(runs, file);
      if (made.isPresent()) {
        return all
            || made.get().equals(run.value())
            || known.computeIfAbsent(made.get(), other -> isOf(other, subject));
      }
      Optional<String> upload = below(uploads, file);
      if (upload.isPresent()) {
        return all
            || known.computeIfAbsent(
                upload.get(), folder -> isUsedBy(folder, run.value(), subject));
      }
      if (below(near.root(), file).isPresent()) {
        return all || isCopyOf(file, StorePrefix.of(TENANT, subject));
      }
      return everybodys.hold(file);
    };
  }

  /**
   * Looks once more at what a run hands out: links between steps can hand on what no tool made.
   *
   * @throws FailureException if it holds a file that the run may not name
   */
  void check(RunRow run, RecordValue outputs) throws FailureException {
    Path own = runs.resolve(run.id().value());
    @Nullable Predicate<URI> allowed = null;
    for (String location : SecretValues.locations(outputs)) {
      String whole = location.startsWith("/") ? Locations.of(Path.of(location)) : location;
      Path path = Locations.path(whole);
      if (path != null && path.normalize().startsWith(own)) {
        continue;
      }
      allowed = allowed == null ? of(run.id(), run.subject()) : allowed;
      if (!allowed.test(Locations.uri(whole))) {
        throw forbidden(run, Locations.basename(whole));
      }
    }
  }

  private static FailureException forbidden(RunRow run, String file) {
    return new FailureException(
        new Failure(
            FailureKind.USER,
            "output.forbidden",
            "an output is a file that run %s may not hand out: %s".formatted(run.id(), file)));
  }

  private boolean isStoredOf(URI location, String subject) {
    return store
        .key(Locations.withoutSlash(location))
        .map(key -> key.text().startsWith(StorePrefix.of(TENANT, subject)))
        .orElse(true);
  }

  private boolean isCopyOf(Path file, String prefix) {
    try {
      return near.keyOf(file.toRealPath()).filter(key -> key.text().startsWith(prefix)).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** The first name of the way from the folder to the file. */
  private static Optional<String> below(Path folder, Path file) {
    Path root = FileRoots.real(folder);
    Path real = FileRoots.real(file);
    return root != null
            && real != null
            && real.startsWith(root)
            && real.getNameCount() > root.getNameCount()
        ? Optional.of(real.getName(root.getNameCount()).toString())
        : Optional.empty();
  }

  private boolean isAdministrator(String subject) {
    return subject.equals("admin")
        || database
            .sql(
                """
                SELECT EXISTS (SELECT FROM token WHERE subject = ? AND administrator
                  AND revoked IS NULL AND (expires IS NULL OR expires > now()))
                """)
            .param(subject)
            .query(Boolean.class)
            .single();
  }

  private boolean isOf(String run, String subject) {
    return subjects.of(run).filter(subject::equals).isPresent();
  }

  private boolean isUsedBy(String folder, String run, String subject) {
    return database
        .sql(
            """
            SELECT EXISTS (SELECT FROM upload_use u
              LEFT JOIN run r ON r.id = u.used_by LEFT JOIN workflow w ON w.id = u.used_by
              WHERE u.folder = :folder
                AND (u.used_by = :run OR r.subject = :subject OR w.subject = :subject))
            """)
        .param("folder", folder)
        .param("run", run)
        .param("subject", subject)
        .query(Boolean.class)
        .single();
  }
}
