package io.twinflow.engine.server.api;

import io.twinflow.engine.server.runs.BadUploadException;
import io.twinflow.engine.server.runs.UploadNames;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of form data (RFC 7578): texts, and files, which were spooled to disk and are moved
 * into the upload.
 */
final class FormParts {

  private static final int LONGEST_TEXT = 32 << 20;

  private final Map<String, List<String>> texts = new LinkedHashMap<>();
  private final Map<String, List<Path>> files = new LinkedHashMap<>();
  private final Sha256 digest = new Sha256();

  private FormParts() {}

  /**
   * @param digested whether the digest of all will be asked for
   */
  static FormParts into(Path folder, HttpServletRequest request, boolean digested)
      throws IOException, BadRequestException, BadUploadException {
    FormParts parts = new FormParts();
    for (Part part : parts(request)) {
      parts.take(part, folder, digested);
    }
    return parts;
  }

  private static Iterable<Part> parts(HttpServletRequest request)
      throws IOException, BadRequestException {
    try {
      return request.getParts();
    } catch (ServletException e) {
      throw new BadRequestException("body", "expected multipart/form-data");
    }
  }

  private void take(Part part, Path folder, boolean digested)
      throws IOException, BadRequestException, BadUploadException {
    String fileName = part.getSubmittedFileName();
    digest.add(part.getName());
    if (fileName == null) {
      String text = text(part);
      digest.add(text);
      texts.computeIfAbsent(part.getName(), name -> new ArrayList<>()).add(text);
      return;
    }
    Path file = free(folder, fileName.isBlank() ? part.getName() : fileName);
    digest.add(folder.relativize(file).toString());
    part.write(file.toString());
    if (digested) {
      digest.add(file);
    }
    files.computeIfAbsent(part.getName(), name -> new ArrayList<>()).add(file);
  }

  /** A second file of the same name gets a folder of its own. */
  private static Path free(Path folder, String name) throws BadUploadException {
    Path file = UploadNames.resolve(folder, name);
    for (int i = 2; Files.exists(file); i++) {
      file = UploadNames.resolve(folder, "_" + i + "/" + name);
    }
    return file;
  }

  private static String text(Part part) throws IOException, BadRequestException {
    if (part.getSize() > LONGEST_TEXT) {
      throw new BadRequestException(part.getName(), "this text is too long; send it as a file");
    }
    try (InputStream in = part.getInputStream()) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readAllBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadRequestException(part.getName(), "this text is not UTF-8");
    }
  }

  /** The only text of this name. */
  Optional<String> text(String name) throws BadRequestException {
    return one(name, texts.getOrDefault(name, List.of()));
  }

  /** The only file of this name. */
  Optional<Path> file(String name) throws BadRequestException {
    return one(name, files.getOrDefault(name, List.of()));
  }

  private static <T> Optional<T> one(String name, List<T> all) throws BadRequestException {
    if (all.size() > 1) {
      throw new BadRequestException(name, "expected one part of this name, found " + all.size());
    }
    return all.stream().findFirst();
  }

  Map<String, List<String>> texts() {
    return texts;
  }

  Map<String, List<Path>> files() {
    return files;
  }

  String sha256() {
    return digest.digest();
  }
}
