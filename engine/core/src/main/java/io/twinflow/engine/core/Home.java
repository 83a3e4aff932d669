package io.twinflow.engine.core;

import io.twinflow.executors.api.files.FirstFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * The folder of an installation:
 *
 * <pre>
 * home           "twinflow-home 1"
 * installation   a short random name, part of every key that a site sees
 * secrets/key    readable by its owner only; opens the runs' secrets
 * runs/RUN/      journal, lock, blobs/, secrets, asked; executors put their attempts below it
 * cache/         the call cache
 * inputs/        copies of inputs that were fetched over HTTP
 * </pre>
 */
public final class Home {

  private static final String LAYOUT = "twinflow-home 1";
  private static final Pattern INSTALLATION = Pattern.compile("[a-z0-9]{4,8}");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int NAME = 6;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final String installation;
  private final Clock clock;
  private final Random random;

  private Home(Path folder, String installation, Clock clock, Random random) {
    this.folder = folder;
    this.installation = installation;
    this.clock = clock;
    this.random = random;
  }

  static Home open(Path folder, Clock clock) throws IOException {
    Random random = new SecureRandom();
    Files.createDirectories(folder.resolve("runs"));
    String layout = readOrWrite(folder.resolve("home"), LAYOUT);
    if (!layout.equals(LAYOUT)) {
      throw new IOException(
          "%s has the layout '%s' and this Twinflow knows '%s'; use the version that made it, or another folder"
              .formatted(folder, layout, LAYOUT));
    }
    String installation = readOrWrite(folder.resolve("installation"), letters(random, NAME));
    if (!INSTALLATION.matcher(installation).matches()) {
      throw new IOException(
          "%s must hold 4 to 8 of a-z and 0-9 and holds '%s'"
              .formatted(folder.resolve("installation"), installation));
    }
    return new Home(folder, installation, clock, random);
  }

  /** The first of several engines that come at once writes it; the others read. */
  private static String readOrWrite(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Path part = Files.createTempFile(file.getParent(), "new", ".part");
      try {
        Files.writeString(part, text + "\n", StandardCharsets.UTF_8);
        FirstFile.appear(part, file);
      } catch (FileAlreadyExistsException e) {
        System.getLogger(Home.class.getName())
            .log(System.Logger.Level.DEBUG, "another engine wrote {0}", file);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  private static String letters(Random random, int count) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < count; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return name.toString();
  }

  /** Ids sort by time: the letters begin with the milliseconds, in two digits to the base 36. */
  RunId newRun() {
    Instant now = clock.instant();
    String millis = Integer.toString(now.get(ChronoField.MILLI_OF_SECOND), Character.MAX_RADIX);
    return new RunId(
        STAMP.format(now)
            + "-"
            + (millis.length() == 1 ? "0" : "")
            + millis
            + letters(random, NAME - 2));
  }

  String installation() {
    return installation;
  }

  Path runs() {
    return folder.resolve("runs");
  }

  Path secretKey() {
    return folder.resolve("secrets").resolve("key");
  }

  Path cache() {
    return folder.resolve("cache");
  }
}
