package io.twinflow.workflowdefs.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CWL {@code File} (CommandLineTool v1.2, section 3.1 "File"). {@code dirname} is derived from
 * {@code path}; {@code nameroot} and {@code nameext} from {@code basename}.
 *
 * @param checksum {@code sha1$} and 40 hexadecimal digits
 * @param size bytes
 * @param contents the first 64 KiB where they were asked for, or the text of a literal
 */
public record FileValue(
    @Nullable String location,
    @Nullable String path,
    @Nullable String basename,
    @Nullable String checksum,
    @Nullable Long size,
    List<FileOrDirectory> secondaryFiles,
    @Nullable String format,
    @Nullable String contents)
    implements Value, FileOrDirectory {

  public FileValue {
    secondaryFiles = List.copyOf(secondaryFiles);
  }

  /** A file known by its location alone. */
  public static FileValue at(String location, String basename) {
    return new FileValue(location, null, basename, null, null, List.of(), null, null);
  }

  public FileValue withLocation(@Nullable String newLocation) {
    return new FileValue(
        newLocation, path, basename, checksum, size, secondaryFiles, format, contents);
  }

  public FileValue withPath(@Nullable String newPath) {
    return new FileValue(
        location, newPath, basename, checksum, size, secondaryFiles, format, contents);
  }

  public FileValue withBasename(@Nullable String newBasename) {
    return new FileValue(
        location, path, newBasename, checksum, size, secondaryFiles, format, contents);
  }

  public FileValue withIdentity(@Nullable String newChecksum, @Nullable Long newSize) {
    return new FileValue(
        location, path, basename, newChecksum, newSize, secondaryFiles, format, contents);
  }

  public FileValue withSecondaryFiles(List<FileOrDirectory> newSecondaryFiles) {
    return new FileValue(
        location, path, basename, checksum, size, newSecondaryFiles, format, contents);
  }

  public FileValue withFormat(@Nullable String newFormat) {
    return new FileValue(
        location, path, basename, checksum, size, secondaryFiles, newFormat, contents);
  }

  public FileValue withContents(@Nullable String newContents) {
    return new FileValue(
        location, path, basename, checksum, size, secondaryFiles, format, newContents);
  }

  /** The basename up to its last dot; a leading dot does not count. */
  public @Nullable String nameroot() {
    return basename == null ? null : basename.substring(0, extensionStart(basename));
  }

  /** The rest of the basename, with its dot; empty if there is none. */
  public @Nullable String nameext() {
    return basename == null ? null : basename.substring(extensionStart(basename));
  }

  private static int extensionStart(String basename) {
    int dot = basename.lastIndexOf('.');
    return dot <= 0 ? basename.length() : dot;
  }
}
