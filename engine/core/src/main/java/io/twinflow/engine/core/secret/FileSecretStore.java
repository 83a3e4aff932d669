package io.twinflow.engine.core.secret;

import io.twinflow.engine.core.RunId;
import io.twinflow.executors.api.files.FirstFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Secrets in files: {@code RUN/secrets} beside each run's journal, so that they go with the run,
 * and one key for all of them in a folder of its own.
 */
public final class FileSecretStore implements SecretStore {

  private static final String NAME = "secrets";

  private final Path runs;
  private final SecretKeyFile key;

  /**
   * @param runs the folder of the runs' folders
   * @param key the file of the key; it and its folder are made when there is a first secret
   */
  public FileSecretStore(Path runs, Path key) {
    this.runs = runs;
    this.key = new SecretKeyFile(key);
  }

  @Override
  public void save(RunId run, Secrets secrets) throws IOException {
    if (secrets.isEmpty()) {
      return;
    }
    Path file = file(run);
    // Where journals lie elsewhere, nothing has made the run's folder yet.
    Files.createDirectories(file.resolveSibling("."));
    byte[] sealed = new SealedTexts(key.readOrMake(), run.value()).seal(secrets.texts());
    Path part = OwnerOnly.write(file, sealed);
    try {
      FirstFile.appear(part, file);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("run %s has secrets already".formatted(run), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public Secrets load(RunId run) throws IOException {
    Path file = file(run);
    if (!Files.exists(file)) {
      return Secrets.NONE;
    }
    try {
      return new Secrets(new SealedTexts(key.read(), run.value()).open(Files.readAllBytes(file)));
    } catch (SecretsUnreadableException e) {
      throw new SecretsUnreadableException(
          "%s cannot be opened: %s".formatted(file, e.getMessage()));
    }
  }

  private Path file(RunId run) {
    return runs.resolve(run.value()).resolve(NAME);
  }
}
