package io.twinflow.workflowdefs.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Locations of files as IRIs. A file's IRI is {@code file:///} and its absolute path, where every
 * byte that is not plain in a path is percent-encoded; so any file name goes there and back.
 */
public final class Iri {

  private static final Set<String> SCHEMES_WITHOUT_AUTHORITY =
      Set.of("data", "file", "keep", "urn", "arn");

  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  private Iri() {}

  /** The IRI of an absolute path. */
  public static String ofPath(Path path) {
    return "file://" + encode(path.toAbsolutePath().normalize().toString());
  }

  /** The IRI of a folder, with a slash at its end. */
  public static String ofFolder(Path folder) {
    String iri = ofPath(folder);
    return iri.endsWith("/") ? iri : iri + "/";
  }

  public static boolean isFile(String iri) {
    return iri.startsWith("file:");
  }

  /** The path of a {@code file:} IRI. */
  public static Path toPath(String iri) {
    return Path.of(decodedPath(iri));
  }

  private static String decodedPath(String iri) {
    if (!isFile(iri)) {
      throw new IllegalArgumentException("not a file: " + iri);
    }
    String rest = iri.substring("file:".length());
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      rest = slash < 0 ? "/" : rest.substring(slash);
    }
    return decode(rest);
  }

  /** Whether a reference names its scheme; a relative name with a colon in it does not. */
  public static boolean isAbsolute(String reference) {
    return scheme(reference) != null;
  }

  /** The scheme in lower case; null for a relative reference. */
  public static @Nullable String scheme(String reference) {
    int colon = reference.indexOf(':');
    if (colon < 2) {
      return null;
    }
    for (int i = 0; i < colon; i++) {
      char c = reference.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (i == 0 || !other)) {
        return null;
      }
    }
    String scheme = reference.substring(0, colon).toLowerCase(Locale.ROOT);
    return reference.startsWith("//", colon + 1) || SCHEMES_WITHOUT_AUTHORITY.contains(scheme)
        ? scheme
        : null;
  }

  /**
   * The absolute IRI of a file or folder reference. A {@code #} belongs to the name, because a file
   * has no fragments.
   */
  public static String resolveLocation(String base, String reference) {
    if (isFile(reference)) {
      return "file://" + encode(decodedPath(reference));
    }
    if (isAbsolute(reference)) {
      return reference;
    }
    return isFile(base)
        ? resolvePath(base, decode(reference))
        : resolve(base, encode(decode(reference)));
  }

  /** The absolute IRI of a path as it stands in a file system, without percent-encoding. */
  public static String resolvePath(String base, String path) {
    if (path.startsWith("/") || !isFile(base)) {
      return path.startsWith("/") ? "file://" + encode(path) : resolve(base, encode(path));
    }
    String basePath = decodedPath(base);
    String folder = basePath.substring(0, basePath.lastIndexOf('/') + 1);
    return "file://" + encode(withoutDots(folder + path));
  }

  /** The absolute IRI of what a person writes: a URL, or a path with or without a fragment. */
  public static String resolvePathOrIri(String folder, String text) {
    if (isAbsolute(text)) {
      return isFile(text)
          ? resolveLocation(folder, withoutFragment(text)) + text.substring(hash(text))
          : text;
    }
    return resolvePath(folder, text.substring(0, hash(text))) + text.substring(hash(text));
  }

  private static int hash(String text) {
    int hash = text.indexOf('#');
    return hash < 0 ? text.length() : hash;
  }

  /** The absolute IRI of a reference to a document, its fragment kept as it is. */
  public static String resolve(String base, String reference) {
    if (isAbsolute(reference)) {
      return reference;
    }
    if (reference.isEmpty()) {
      return withoutFragment(base);
    }
    if (reference.startsWith("#")) {
      return withoutFragment(base) + reference;
    }
    int hash = reference.indexOf('#');
    String fragment = hash < 0 ? "" : reference.substring(hash);
    String document = hash < 0 ? reference : reference.substring(0, hash);
    String plainBase = withoutFragment(base);
    if (isFile(plainBase)) {
      return resolvePath(plainBase, decode(document)) + fragment;
    }
    int authority = plainBase.indexOf("//");
    int pathStart = authority < 0 ? -1 : plainBase.indexOf('/', authority + 2);
    String root = pathStart < 0 ? plainBase : plainBase.substring(0, pathStart);
    String path = pathStart < 0 ? "/" : plainBase.substring(pathStart);
    String joined =
        document.startsWith("/")
            ? document
            : path.substring(0, path.lastIndexOf('/') + 1) + document;
    return root + withoutDots(joined) + fragment;
  }

  public static String withoutFragment(String iri) {
    int hash = iri.indexOf('#');
    return hash < 0 ? iri : iri.substring(0, hash);
  }

  /** What stands after the hash; empty if there is none. */
  public static String fragment(String iri) {
    int hash = iri.indexOf('#');
    return hash < 0 ? "" : iri.substring(hash + 1);
  }

  /** The last name of an IRI's path, decoded; empty if it ends in a slash. */
  public static String basename(String iri) {
    String path = iri;
    if (!isFile(iri)) {
      int query = path.indexOf('?');
      path = withoutFragment(query < 0 ? path : path.substring(0, query));
    }
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return decode(path.substring(path.lastIndexOf('/') + 1));
  }

  /** How to get from the folder of one document to another; the other itself if it is elsewhere. */
  public static String relativize(String folder, String iri) {
    if (!isFile(folder) || !isFile(iri)) {
      return iri.startsWith(folder) ? iri.substring(folder.length()) : iri;
    }
    return encode(toPath(folder).relativize(toPath(iri)).toString());
  }

  private static String withoutDots(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.equals(".")) {
        if (!part.isEmpty()) {
          parts.addLast(part);
        }
      }
    }
    String joined = "/" + String.join("/", parts);
    return path.endsWith("/") && !joined.endsWith("/") ? joined + "/" : joined;
  }

  /** Percent-encodes a path. */
  public static String encode(String path) {
    StringBuilder encoded = new StringBuilder(path.length() + 8);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  /** Undoes percent-encoding; a percent sign that begins none stays. */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        decoded.write(high * 16 + low);
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
