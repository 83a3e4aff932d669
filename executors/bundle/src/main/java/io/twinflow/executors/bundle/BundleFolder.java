package io.twinflow.executors.bundle;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.files.FolderTree;
import io.twinflow.executors.bundle.files.SecretFiles;
import io.twinflow.executors.bundle.files.ToolPaths;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder of one attempt that a bundle runs. It is made before the attempt is submitted; the
 * claim is a folder in it, which is made where the attempt starts: that succeeds once, whoever
 * tries, and only then the tool may start.
 */
public record BundleFolder(Path path) {

  private static final Layout IN_CONTAINER =
      new Layout("/var/spool/twinflow", "/tmp", "/var/lib/twinflow/inputs");

  public static BundleFolder of(Path root, AttemptKey key) {
    return new BundleFolder(
        root.resolve(key.run()).resolve("work").resolve(key.task() + "." + key.attempt()));
  }

  /** Without a container, where the tool sees this folder under the same name. */
  public Layout layout() {
    return new Layout(out().toString(), tmp().toString(), in().toString());
  }

  /** In a container the tool sees folders of the same names everywhere. */
  public static Layout layoutInContainer() {
    return IN_CONTAINER;
  }

  /** Where the folders that a container saw lie. */
  public ToolPaths pathsInContainer(Layout layout) {
    return new ToolPaths(
        List.of(
            new ToolPaths.Mount(Path.of(layout.outdir()).normalize(), out()),
            new ToolPaths.Mount(Path.of(layout.inputs()).normalize(), in())));
  }

  public Path out() {
    return path.resolve("out");
  }

  public Path tmp() {
    return path.resolve("tmp");
  }

  public Path in() {
    return path.resolve("in");
  }

  public Path log(LogStream stream) {
    return path.resolve(
        switch (stream) {
          case STDOUT -> "stdout.log";
          case STDERR -> "stderr.log";
        });
  }

  /** What to do; see {@link TaskFile}. */
  Path task() {
    return path.resolve("task");
  }

  /** The texts that are staged. */
  Path texts() {
    return path.resolve("texts");
  }

  /** What a container sees outside of the other folders. */
  public Path mounts() {
    return path.resolve("mounts");
  }

  /** The tool's variables, for a container engine that reads them from a file. */
  public Path variables() {
    return path.resolve("variables");
  }

  /** An image that is a file, made for this attempt. */
  public Path image() {
    return path.resolve("image.sqsh");
  }

  /** How it ended; see {@link ResultRecord}. */
  public Path record() {
    return path.resolve("record");
  }

  public SecretFiles secrets() {
    return new SecretFiles(path.resolve("secrets"));
  }

  /** Removes what only the attempt used. */
  public void release() throws IOException {
    secrets().erase();
    for (Path used : List.of(tmp(), in(), mounts(), texts(), task(), image())) {
      FolderTree.delete(used);
    }
    for (String notes :
        List.of(
            "inputs.before",
            "inputs.after",
            "times.start",
            "times.end",
            "late",
            "stopped",
            "container",
            "image.log",
            "surroundings")) {
      Files.deleteIfExists(path.resolve(notes));
    }
  }

  private Path claim() {
    return path.resolve("claim");
  }

  private Path revoked() {
    return claim().resolve("revoked");
  }

  /** Why a tool never started. */
  public enum Revocation {
    /** Somebody asked for it. */
    CANCELLED,
    /** Another engine has given the attempt up. */
    GIVEN_UP
  }

  /**
   * Sees to it that a tool which has not started yet never will.
   *
   * @return false if it had been claimed before, by who runs it or by who revoked it
   */
  public boolean revoke(Revocation why) throws IOException {
    try {
      makeClaim();
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    Files.writeString(revoked(), why.name());
    return true;
  }

  /** Whether somebody runs the tool, has run it, or has seen to it that it never starts. */
  public boolean isClaimed() {
    return Files.isDirectory(claim());
  }

  private void makeClaim() throws IOException {
    try {
      Files.createDirectory(claim());
    } catch (NoSuchFileException e) {
      Files.createDirectories(path);
      Files.createDirectory(claim());
    }
  }

  /** For who runs it elsewhere; nothing happens if it is claimed. */
  public void makeClaimed() throws IOException {
    try {
      makeClaim();
    } catch (FileAlreadyExistsException e) {
      // That is what was wanted.
    }
  }

  /** Whether it was written, and is not released. */
  public boolean isWritten() {
    return Files.exists(task());
  }

  /** Empty if it was not revoked. */
  public Optional<Revocation> revocation() throws IOException {
    try {
      String why = Files.readString(revoked());
      // Whoever is just writing it has cancelled it, or else nobody follows it any more.
      return Optional.of(why.isEmpty() ? Revocation.CANCELLED : Revocation.valueOf(why));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
