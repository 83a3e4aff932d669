package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.FolderAttempts;
import io.twinflow.executors.bundle.FolderEnd;
import io.twinflow.executors.bundle.GivenEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder that the engine and a site see under the same name. */
public final class SharedFolder implements Ground {

  private final FolderAttempts attempts;
  private final Path bundle;
  private final Path attempt;

  /**
   * @throws UncheckedIOException if the folder cannot be used, and not for a share that is not
   *     mounted
   */
  public SharedFolder(String site, Path folder) {
    try {
      attempts = FolderAttempts.in(folder, new Containers.OfSite());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use %s as the shared folder of site %s: %s".formatted(folder, site, e), e);
    }
    bundle = Bundle.script(attempts.root());
    attempt = AttemptScript.in(attempts.root());
  }

  public Path root() {
    return attempts.root();
  }

  private BundleFolder of(AttemptKey key) {
    return attempts.folder(key);
  }

  @Override
  public Attempts attempts() {
    return attempts;
  }

  @Override
  public String script() {
    return AttemptScript.CALL;
  }

  @Override
  public Map<String, String> environment(Attempt of) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TWINFLOW_SCRIPT", attempt.toString());
    environment.put("TWINFLOW_BUNDLE_SCRIPT", bundle.toString());
    environment.put("TWINFLOW_FOLDER", of(of.key()).path().toString());
    environment.put("TWINFLOW_KEY", of.key().value());
    return environment;
  }

  @Override
  public Found find(Attempt looked) throws IOException {
    Optional<TaskResult> result = attempts.result(looked.key(), looked.queued());
    if (result.isPresent()) {
      return new Found.Ended(result.get());
    }
    Optional<Revocation> revoked = attempts.revocation(looked.key());
    if (revoked.isPresent()) {
      return new Found.Revoked(revoked.get());
    }
    return attempts.isClaimed(looked.key()) ? new Found.Claimed() : new Found.Nothing();
  }

  @Override
  public boolean claim(AttemptKey key) throws IOException {
    of(key).makeClaimed();
    return of(key).revocation().isEmpty();
  }

  @Override
  public GivenEnd.Taking end(AttemptKey key, GivenEnd end, Instant now) throws IOException {
    return Files.exists(stop(key)) ? GivenEnd.Taking.OVER : new FolderEnd(of(key)).give(end, now);
  }

  private Path stop(AttemptKey key) {
    return of(key).path().resolve("stop");
  }

  @Override
  public void askToStop(Attempt asked, Instant now) throws IOException {
    Files.write(stop(asked.key()), new byte[0]);
  }

  @Override
  public boolean wasAskedToStop(AttemptKey key, Outcome.Failed how) {
    return Files.exists(stop(key));
  }

  @Override
  public List<String> starts(AttemptKey key) throws IOException {
    try {
      return Files.readAllLines(of(key).path().resolve("starts")).stream()
          .filter(line -> !line.isBlank())
          .distinct()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public void release(AttemptKey key) throws IOException {
    for (String notes : List.of("starts", "stop")) {
      Files.deleteIfExists(of(key).path().resolve(notes));
    }
    attempts.release(key);
  }

  @Override
  public List<Finding> check() {
    return List.of(attempts.check("the site"));
  }

  private Path batch(BatchKey key) {
    return root().resolve("batches").resolve(key.value());
  }

  @Override
  public Optional<Noted> read(BatchKey key) throws IOException {
    attempts.ready();
    AttemptScript.write(attempt);
    Path file = batch(key);
    try {
      return Optional.of(
          new Noted(
              Call.read(Files.readString(file)), Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void note(BatchKey key, Map<AttemptKey, Call> calls) throws IOException {
    Path file = batch(key);
    Files.createDirectories(file.resolveSibling("."));
    Path made = Files.createTempFile(file.resolveSibling("."), "new-", "");
    Map<String, Call> named = new LinkedHashMap<>();
    calls.forEach((of, call) -> named.put(of.value(), call));
    Files.writeString(made, Call.write(named));
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void forget(BatchKey key) throws IOException {
    Files.deleteIfExists(batch(key));
  }
}
