package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the text of files and the listings of directories for expressions. CWL v1.2,
 * "LoadContents".
 */
public final class FileLoading {

  /** The most that {@code loadContents} may read, in bytes. */
  static final int LIMIT = 64 * 1024;

  private final Artifacts artifacts;

  public FileLoading(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * Loads into every file and directory of the value; for a step input's {@code loadContents} and
   * {@code loadListing}.
   *
   * @param what names the value for messages
   */
  public Value load(Value value, boolean contents, LoadListing listing, String what)
      throws FailureException {
    return FileWalk.map(value, file -> load(file, contents, listing, what));
  }

  FileOrDirectory load(FileOrDirectory file, boolean contents, LoadListing listing, String what)
      throws FailureException {
    return switch (file) {
      case FileValue f when contents -> f.withContents(contents(f, what));
      case FileValue f -> f;
      case DirectoryValue d -> listed(d, listing, what);
    };
  }

  private String contents(FileValue file, String what) throws FailureException {
    String location = file.location();
    if (location == null || Locations.isLiteral(file)) {
      String literal = file.contents();
      return literal == null ? "" : literal;
    }
    try {
      byte[] bytes = artifacts.read(Locations.uri(location), LIMIT + 1);
      return text(bytes, what, Locations.show(location));
    } catch (IOException e) {
      throw Faults.io("input.unreadable", what + ": " + Locations.show(location), e);
    }
  }

  /** At most 64 KiB of UTF-8, or an error. */
  static String text(byte[] bytes, String what, String path) throws FailureException {
    if (bytes.length > LIMIT) {
      throw Faults.user(
          "contents.limit",
          "%s: loadContents reads at most 64 KiB, and %s is larger; let the tool read the file itself"
              .formatted(what, path));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw Faults.user(
          "contents.encoding",
          "%s: loadContents needs UTF-8 text, and %s is not; let the tool read the file itself"
              .formatted(what, path));
    }
  }

  private DirectoryValue listed(DirectoryValue directory, LoadListing depth, String what)
      throws FailureException {
    String location = directory.location();
    if (location == null || Locations.isLiteral(directory)) {
      return directory;
    }
    return switch (depth) {
      case NONE -> directory.withListing(null);
      case SHALLOW, DEEP -> directory.withListing(list(location, depth, what));
    };
  }

  private List<FileOrDirectory> list(String location, LoadListing depth, String what)
      throws FailureException {
    List<FileOrDirectory> listing = new ArrayList<>();
    try {
      for (Artifacts.Stat child : artifacts.list(Locations.uri(location))) {
        String at = Locations.child(location, child.name());
        listing.add(
            child.directory()
                ? new DirectoryValue(
                    at,
                    null,
                    child.name(),
                    depth == LoadListing.DEEP ? list(at, depth, what) : null)
                : FileValue.at(at, child.name()).withIdentity(null, child.size()));
      }
    } catch (IOException e) {
      throw Faults.io("input.unreadable", what + ": " + Locations.show(location), e);
    }
    return listing;
  }
}
