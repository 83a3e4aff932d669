package io.twinflow.engine.server.results;

import io.twinflow.workflowdefs.value.FileValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** Formats of CWL, which are IRIs, as media types, and back. */
public final class MediaTypes {

  private static final String EDAM = "http://edamontology.org/";
  private static final List<String> PREFIXES =
      List.of(
          "https://www.iana.org/assignments/media-types/",
          "http://www.iana.org/assignments/media-types/");
  private static final Map<String, String> BY_EDAM =
      Map.ofEntries(
          Map.entry("format_1929", "text/x-fasta"),
          Map.entry("format_1964", "text/plain"),
          Map.entry("format_2330", "text/plain"),
          Map.entry("format_2331", "text/html"),
          Map.entry("format_2332", "application/xml"),
          Map.entry("format_3464", "application/json"),
          Map.entry("format_3475", "text/tab-separated-values"),
          Map.entry("format_3508", "application/pdf"),
          Map.entry("format_3547", "image/tiff"),
          Map.entry("format_3579", "image/jpeg"),
          Map.entry("format_3590", "application/x-hdf5"),
          Map.entry("format_3591", "image/tiff"),
          Map.entry("format_3603", "image/png"),
          Map.entry("format_3604", "image/svg+xml"),
          Map.entry("format_3650", "application/netcdf"),
          Map.entry("format_3750", "application/yaml"),
          Map.entry("format_3752", "text/csv"),
          Map.entry("format_3987", "application/zip"));

  private MediaTypes() {}

  /** Null for a format that is no media type. */
  public static @Nullable String ofFormat(@Nullable String format) {
    if (format == null) {
      return null;
    }
    if (format.startsWith(EDAM)) {
      return BY_EDAM.get(format.substring(EDAM.length()));
    }
    for (String prefix : PREFIXES) {
      if (format.startsWith(prefix)) {
        return format.substring(prefix.length());
      }
    }
    return null;
  }

  /** Whether content of this type is sent as text where JSON carries it. */
  public static boolean isText(MediaType type) {
    return type.getType().equals("text")
        || type.getSubtype().equals("json")
        || type.getSubtype().equals("xml")
        || type.getSubtype().equals("yaml")
        || type.getSubtype().endsWith("+json")
        || type.getSubtype().endsWith("+xml");
  }

  /** By its format, else by its name. */
  public static MediaType of(FileValue file) {
    String known = ofFormat(file.format());
    if (known != null) {
      return MediaType.parseMediaType(known);
    }
    return MediaTypeFactory.getMediaType(file.basename())
        .orElse(MediaType.APPLICATION_OCTET_STREAM);
  }
}
