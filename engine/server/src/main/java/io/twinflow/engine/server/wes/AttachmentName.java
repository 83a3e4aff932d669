package io.twinflow.engine.server.wes;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Where an attachment may lie: below the folder of its submission, whatever its name says. */
final class AttachmentName {

  private AttachmentName() {}

  static Path in(Path folder, String name) {
    for (String segment : name.split("[/\\\\]", -1)) {
      if (segment.equals("..") || segment.equals(".")) {
        throw refused(name, "may not hold '" + segment + "'");
      }
    }
    if (name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*")) {
      throw refused(name, "must be relative");
    }
    if (name.chars().anyMatch(Character::isISOControl) || name.endsWith("/")) {
      throw refused(name, "must be the name of a file");
    }
    try {
      Path file = folder.resolve(name).normalize();
      if (!file.startsWith(folder) || file.equals(folder)) {
        throw refused(name, "leads out of the submission");
      }
      return file;
    } catch (InvalidPathException e) {
      throw refused(name, "is no name of a file");
    }
  }

  private static ResponseStatusException refused(String name, String why) {
    return new ResponseStatusException(
        HttpStatus.BAD_REQUEST, "the filename of workflow_attachment %s: %s".formatted(why, name));
  }
}
