package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.bundle.files.SecretFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The folder of one attempt. Making it is the claim: it succeeds once, whoever tries, and only then
 * the tool may start.
 */
record AttemptFolder(Path path) {

  static AttemptFolder of(Path root, AttemptKey key) {
    return new AttemptFolder(
        root.resolve(key.run()).resolve("work").resolve(key.task() + "." + key.attempt()));
  }

  Path out() {
    return path.resolve("out");
  }

  Path tmp() {
    return path.resolve("tmp");
  }

  Path in() {
    return path.resolve("in");
  }

  Path log(LogStream stream) {
    return path.resolve(
        switch (stream) {
          case STDOUT -> "stdout.log";
          case STDERR -> "stderr.log";
        });
  }

  /** See {@link Records}. */
  Path record() {
    return path.resolve("record");
  }

  /** There while a container may be, so that a later engine removes it. */
  Path container() {
    return path.resolve("container");
  }

  /** What bubblewrap tells of itself. */
  Path sandbox() {
    return path.resolve("sandbox");
  }

  /** Variables for a container's engine that must not stand among its arguments. */
  Path variables() {
    return path.resolve("variables");
  }

  /** There if something was staged that is secret. */
  SecretFiles secrets() {
    return new SecretFiles(path.resolve("secrets"));
  }

  /** False if somebody was first. */
  boolean claim() throws IOException {
    try {
      makeFolder();
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void makeFolder() throws IOException {
    try {
      Files.createDirectory(path);
    } catch (NoSuchFileException e) {
      Files.createDirectories(path.resolveSibling("."));
      Files.createDirectory(path);
    }
  }

  /**
   * Sees to it that a tool which has not started yet never will, whoever is about to start it: a
   * file stands where its working folder should be.
   *
   * @return false if nobody had claimed the attempt; it is claimed now, for nothing
   */
  boolean revoke() throws IOException {
    boolean begun = !claim();
    while (!isRevoked()) {
      try {
        Files.createFile(out());
      } catch (FileAlreadyExistsException e) {
        Files.move(out(), revokedOut());
      }
    }
    secrets().eraseMoved(out(), revokedOut());
    return begun;
  }

  /** What a tool had written until its attempt was revoked. */
  private Path revokedOut() {
    return path.resolve("out.revoked");
  }

  boolean isRevoked() {
    return Files.isRegularFile(out(), LinkOption.NOFOLLOW_LINKS);
  }

  boolean claimed() {
    return Files.isDirectory(path);
  }
}
