package io.twinflow.engine.core.artifact;

import io.twinflow.workflowdefs.value.FileOrDirectory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Locations of artifacts as IRIs, and the names in them. CWL v1.2, "File" and "Directory". */
public final class Locations {

  private static final String UNESCAPED = "-._~!$&'()*+,=:@";

  private Locations() {}

  /** A literal stands for itself: it has no resource behind it yet. */
  public static boolean isLiteral(FileOrDirectory file) {
    String location = file.location();
    return location == null || location.startsWith("_:");
  }

  /** The last part of the path, decoded. */
  public static String basename(String location) {
    String path = uri(location).getPath();
    String text = path == null ? location : path;
    while (text.length() > 1 && text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** The location of something with this name beside the given one. */
  public static String sibling(String location, String name) {
    String bare = withoutQuery(location);
    String folder = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    return folder.substring(0, folder.lastIndexOf('/') + 1) + escapePath(name);
  }

  /** The location of something below a folder. */
  public static String child(String folder, String relativePath) {
    return (folder.endsWith("/") ? folder : folder + "/") + escapePath(relativePath);
  }

  /** The path of a {@code file:} location; null for any other scheme. */
  public static @Nullable Path path(String location) {
    URI uri = uri(location);
    return "file".equals(uri.getScheme()) && uri.getPath() != null ? Path.of(uri.getPath()) : null;
  }

  public static String of(Path path) {
    return "file://" + escapePath(path.toAbsolutePath().normalize().toString());
  }

  /** Whether what lies there must be fetched before a tool can read it. */
  public static boolean isRemote(String location) {
    return location.startsWith("http:")
        || location.startsWith("https:")
        || location.startsWith("s3:");
  }

  /** The location of a folder as that of a file would be. */
  public static URI withoutSlash(URI location) {
    String text = location.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : location;
  }

  /** As a person would write it: a plain path for a local file. */
  public static String show(String location) {
    Path path = path(location);
    return path == null ? location : path.toString();
  }

  /** Like {@link URI#URI(String)}, but an IRI's spaces and unicode may stand as they are. */
  public static URI uri(String location) {
    try {
      return new URI(location);
    } catch (URISyntaxException notAscii) {
      int scheme = location.indexOf(':');
      String rest = location.substring(scheme + 1);
      return URI.create(location.substring(0, scheme + 1) + escapeOnlyIllegal(rest));
    }
  }

  private static String withoutQuery(String location) {
    if (location.startsWith("file:")) {
      return location;
    }
    int end = location.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = location.indexOf(mark);
      end = at >= 0 && at < end ? at : end;
    }
    return location.substring(0, end);
  }

  private static String escapePath(String path) {
    return escape(path, UNESCAPED + "/");
  }

  private static String escapeOnlyIllegal(String rest) {
    return escape(rest, UNESCAPED + "/%?#;");
  }

  private static String escape(String text, String kept) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = isKept(text.charAt(i), kept);
    }
    if (plain) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && isKept((char) b, kept)) {
        escaped.append((char) b);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  private static boolean isKept(char c, String kept) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || kept.indexOf(c) >= 0;
  }
}
