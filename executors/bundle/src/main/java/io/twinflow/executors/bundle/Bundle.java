package io.twinflow.executors.bundle;

import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.files.OpenedLinks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what a site needs to run attempts into a folder that the site sees under the same name.
 */
public final class Bundle {

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private static final byte[] SCRIPT = script();
  private static final String NAME = "bundle-" + digest() + ".sh";

  private Bundle() {}

  private static byte[] script() {
    try (InputStream in = Bundle.class.getResourceAsStream("bundle.sh")) {
      return Objects.requireNonNull(in, "bundle.sh").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The script that runs attempts, as a file below {@code root}; named by its content, so that jobs
   * which wait there keep theirs when Twinflow becomes newer.
   */
  public static Path script(Path root) {
    return root.resolve(NAME);
  }

  /** Puts the script there, if it is not; {@code root} is. */
  static void writeScript(Path root) throws IOException {
    Path file = script(root);
    if (!Files.exists(file)) {
      Path made = Files.createTempFile(root, "bundle-", ".new");
      Files.write(made, SCRIPT);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The script as a part of a larger one. */
  public static String text() {
    return new String(SCRIPT, StandardCharsets.UTF_8);
  }

  private static String digest() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(SCRIPT);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes an attempt's folder; only its owner can look into it. Writing it again changes nothing
   * that counts.
   *
   * @throws AttemptFailure if the task can never run like this
   */
  public static void write(TaskSpec task, BundleFolder folder, Containers containers)
      throws IOException, AttemptFailure {
    makePrivate(folder.path());
    TaskPlan plan = plan(task, folder, containers);
    write(plan, plan.file().text(), folder);
  }

  private static TaskPlan plan(TaskSpec task, BundleFolder folder, Containers containers)
      throws IOException, AttemptFailure {
    return TaskPlan.of(task, OpenedLinks.open(task.staging()), folder, containers);
  }

  /** See {@link FolderAttempts#writeUnlessWords}. */
  static Optional<String> writeUnlessWords(
      TaskSpec task, BundleFolder folder, Containers containers)
      throws IOException, AttemptFailure {
    TaskPlan plan = plan(task, folder, containers);
    String words = plan.file().text();
    if (plan.variables() != null || !plan.file().texts().isEmpty()) {
      makePrivate(folder.path());
      write(plan, words, folder);
      return Optional.empty();
    }
    Path above = Objects.requireNonNull(folder.path().getParent());
    if (!Files.isDirectory(above)) {
      Files.createDirectories(above);
    }
    return Optional.of(words);
  }

  private static void write(TaskPlan plan, String words, BundleFolder folder) throws IOException {
    String variables = plan.variables();
    if (variables != null) {
      folder.secrets().write(folder.variables(), variables);
    }
    write(plan.file().texts(), folder);
    Files.write(folder.task(), words.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(List<Staging.WriteText> texts, BundleFolder folder) throws IOException {
    if (!texts.isEmpty()) {
      Files.createDirectories(folder.texts());
    }
    int number = 0;
    for (Staging.WriteText written : texts) {
      number++;
      Path kept = folder.texts().resolve(Integer.toString(number));
      if (written.secret()) {
        folder.secrets().write(kept, written.text());
        folder.secrets().note(Path.of(written.target()));
      } else {
        Files.writeString(kept, written.text());
      }
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    try {
      make(folder);
    } catch (NoSuchFileException e) {
      Files.createDirectories(Objects.requireNonNull(folder.getParent()));
      make(folder);
    }
  }

  private static void make(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNERS));
    } catch (FileAlreadyExistsException e) {
      // Revoked before it was written, or written before by an engine that has died since.
      Files.setPosixFilePermissions(folder, OWNERS);
    }
  }
}
