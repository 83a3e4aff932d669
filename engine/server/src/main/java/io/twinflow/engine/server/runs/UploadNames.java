package io.twinflow.engine.server.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a name that somebody sent leads to below a folder, and never above it. */
public final class UploadNames {

  private static final int LONGEST = 1_024;
  private static final int LONGEST_PART = 255;

  private UploadNames() {}

  /**
   * @return a path below the folder, whose own folder is there
   * @throws BadUploadException for absolute names, {@code ..}, and names no file can have
   */
  public static Path resolve(Path folder, String name) throws BadUploadException {
    if (name.isBlank() || name.length() > LONGEST) {
      throw refused(name, "it is empty or too long");
    }
    if (name.startsWith("/") || name.startsWith("~") || name.matches("[A-Za-z]:[\\\\/].*")) {
      throw refused(name, "it is absolute; use a path relative to the workflow's folder");
    }
    if (name.indexOf('\\') >= 0) {
      throw refused(name, "folders are divided by / here, not by \\");
    }
    for (String part : name.split("/", -1)) {
      if (part.equals("..") || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
        throw refused(name, part.equals("..") ? "\"..\" leads out" : "a part of it is too long");
      }
      if (part.chars().anyMatch(Character::isISOControl)) {
        throw refused(name, "it has control characters");
      }
    }
    try {
      Path path = folder.resolve(name).normalize();
      if (!path.startsWith(folder) || path.equals(folder)) {
        throw refused(name, "it does not lie in the upload");
      }
      Files.createDirectories(path.getParent());
      return path;
    } catch (InvalidPathException e) {
      throw refused(name, "no file can be called so");
    } catch (IOException e) {
      throw refused(name, "a file already has the name of its folder");
    }
  }

  private static BadUploadException refused(String name, String why) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(80)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return BadUploadException.wrong("the file name \"%s\" is refused: %s".formatted(shown, why));
  }
}
