package io.twinflow.engine.server.wes;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ResponseStatusException;

/**
 * The form of {@code POST /runs}: its fields as texts, and its attachments in a folder, under the
 * names that they came with.
 */
final class WesForm {

  private static final String ATTACHMENT = "workflow_attachment";
  private static final Set<String> FIELDS =
      Set.of(
          "workflow_params",
          "workflow_type",
          "workflow_type_version",
          "tags",
          "workflow_engine",
          "workflow_engine_version",
          "workflow_engine_parameters",
          "workflow_url");
  private static final int MOST_TEXT = 64 * 1024 * 1024;

  private final Map<String, String> fields = new LinkedHashMap<>();

  private WesForm() {}

  static WesForm read(HttpServletRequest request, Path folder)
      throws IOException, ServletException {
    WesForm form = new WesForm();
    String type = String.valueOf(request.getContentType()).toLowerCase(java.util.Locale.ROOT);
    if (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
      request.getParameterMap().forEach((name, values) -> form.put(name, values[0]));
      return form;
    }
    if (!type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
      throw bad("expected a form (multipart/form-data), found " + request.getContentType());
    }
    for (Part part : request.getParts()) {
      if (part.getName().equals(ATTACHMENT)) {
        attach(part, folder);
      } else {
        form.put(part.getName(), text(part));
      }
    }
    return form;
  }

  private void put(String name, String value) {
    if (!FIELDS.contains(name)) {
      throw bad("there is no field %s in a run request; those are %s".formatted(name, FIELDS));
    }
    if (fields.put(name, value) != null) {
      throw bad("the field %s was given twice".formatted(name));
    }
  }

  /** An empty field is as none. */
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).filter(text -> !text.isBlank());
  }

  String required(String name) {
    return field(name).orElseThrow(() -> bad("the field %s is missing".formatted(name)));
  }

  private static String text(Part part) throws IOException {
    if (part.getSize() > MOST_TEXT) {
      throw new ResponseStatusException(
          HttpStatus.CONTENT_TOO_LARGE,
          "the field %s is larger than %d MiB; attach files as %s"
              .formatted(part.getName(), MOST_TEXT >> 20, ATTACHMENT));
    }
    try (InputStream in = part.getInputStream()) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readAllBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw bad("the field %s is not UTF-8".formatted(part.getName()));
    }
  }

  private static void attach(Part part, Path folder) throws IOException {
    String name = part.getSubmittedFileName();
    if (name == null || name.isBlank()) {
      throw bad("each %s needs a filename in its Content-Disposition".formatted(ATTACHMENT));
    }
    Path file = AttachmentName.in(folder, name);
    try {
      Files.createDirectories(file.getParent());
      if (Files.exists(file)) {
        throw bad("the attachment %s was given twice".formatted(name));
      }
      part.write(file.toString());
    } catch (FileAlreadyExistsException e) {
      throw bad("the attachment %s is both a file and a folder".formatted(name));
    }
  }

  private static ResponseStatusException bad(String message) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
  }
}
