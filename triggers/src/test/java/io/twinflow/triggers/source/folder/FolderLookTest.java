package io.twinflow.triggers.source.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.twinflow.executors.api.site.Finding.Level;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Keeper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderLookTest {

  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final FileTime OLD = FileTime.from(Instant.parse("2026-11-20T00:00:00Z"));

  @TempDir private Path folder;
  private final Keeper keeper = new Keeper();
  private final List<Path> watched = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private FolderLook look;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @BeforeEach
  void begin() {
    look = look(100);
  }

  private FolderLook look(int most) {
    return new FolderLook(
        new FolderOptions(folder, SETTLE, EVERY, most),
        clock,
        folders -> {
          watched.clear();
          watched.addAll(folders);
        });
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, OLD);
  }

  private Duration lookAfter(Duration time) throws IOException {
    now = now.plus(time);
    return look.look(keeper);
  }

  private List<String> taken() {
    return keeper.taken().stream().map(Message::subject).toList();
  }

  @Test
  void aFileThatStaysAsItIsIsToldOnce() throws Exception {
    Path file = write("2026/a b.csv", "1,2");
    assertThat(look.look(keeper)).isBetween(SETTLE, SETTLE.plusMillis(100));
    assertThat(taken()).isEmpty();
    lookAfter(SETTLE.minusMillis(1));
    assertThat(taken()).isEmpty();
    assertThat(lookAfter(Duration.ofMillis(1))).isEqualTo(EVERY);
    lookAfter(EVERY);
    Message message = keeper.taken().getFirst();
    assertThat(taken()).containsExactly("2026/a b.csv");
    assertThat(message.channel()).isEqualTo(folder.toUri());
    assertThat(message.time()).isEqualTo(OLD.toInstant());
    assertThat(Keeper.body(message))
        .isEqualTo(
            "{\"location\":\"%s\",\"size\":3,\"modified\":\"2026-11-20T00:00:00Z\"}"
                .formatted(file.toUri()));
    assertThat(watched).containsExactlyInAnyOrder(folder, folder.resolve("2026"));
  }

  @Test
  void aBackslashIsALetterWhereItIsNoSlash() throws Exception {
    assumeThat(File.separatorChar).isEqualTo('/');
    write("up..\\..\\x", "1");
    look.look(keeper);
    lookAfter(SETTLE);
    assertThat(taken()).containsExactly("up..\\..\\x");
  }

  @Test
  void aFileThatGrowsIsNotTold() throws Exception {
    for (int i = 0; i < 5; i++) {
      write("growing", "x".repeat(i));
      lookAfter(SETTLE);
    }
    assertThat(taken()).isEmpty();
    lookAfter(SETTLE);
    assertThat(taken()).containsExactly("growing");
  }

  @Test
  void aFileThatWasChangedIsAnotherEvent() throws Exception {
    Path file = write("a", "one");
    look.look(keeper);
    lookAfter(SETTLE);
    Files.setLastModifiedTime(file, FileTime.from(OLD.toInstant().plusSeconds(1)));
    lookAfter(EVERY);
    lookAfter(SETTLE);
    assertThat(taken()).containsExactly("a", "a");
    assertThat(keeper.taken().stream().map(Message::id).distinct()).hasSize(2);
  }

  @Test
  void afterARestartTheSameFilesAreTheSameEvents() throws Exception {
    write("a", "one");
    write("b", "two");
    look.look(keeper);
    lookAfter(SETTLE);
    look = look(100);
    look.look(keeper);
    lookAfter(SETTLE);
    assertThat(taken()).hasSize(4);
    assertThat(keeper.taken().stream().map(Message::id).distinct()).hasSize(2);
  }

  @Test
  void aFileThatCameBackIsTheSameEvent() throws Exception {
    Path file = write("a", "one");
    look.look(keeper);
    lookAfter(SETTLE);
    Files.delete(file);
    lookAfter(EVERY);
    write("a", "one");
    lookAfter(EVERY);
    lookAfter(SETTLE);
    assertThat(keeper.taken().stream().map(Message::id).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".hidden", ".git/config", "in/.cache/x", "a.part", "a.CSV.PART", "a.tmp", "a~"})
  void whatHidesOrIsUnfinishedIsNotTold(String name) throws Exception {
    write(name, "x");
    write("plain", "x");
    look.look(keeper);
    lookAfter(SETTLE);
    assertThat(taken()).containsExactly("plain");
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Path outside = Files.createTempDirectory("outside");
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(folder.resolve("folder"), outside);
    Files.createSymbolicLink(folder.resolve("file"), outside.resolve("secret"));
    look.look(keeper);
    lookAfter(SETTLE);
    assertThat(taken()).isEmpty();
    Files.delete(outside.resolve("secret"));
    Files.delete(outside);
  }

  @Test
  void whatCouldNotBeKeptIsToldAgainTheOldestFirst() throws Exception {
    for (int i = 0; i < 250; i++) {
      Path file = write("f" + i, "x");
      Files.setLastModifiedTime(file, FileTime.from(OLD.toInstant().minusSeconds(i)));
    }
    look = look(1000);
    look.look(keeper);
    keeper.refuse(true);
    assertThatThrownBy(() -> lookAfter(SETTLE)).hasMessage(Keeper.REFUSAL);
    keeper.refuse(false);
    lookAfter(Duration.ofMillis(200));
    assertThat(taken()).hasSize(250).startsWith("f249", "f248").endsWith("f0");
  }

  @Test
  void aFolderThatIsNotThereOrTooFullIsSaid() throws Exception {
    write("a", "x");
    write("b", "x");
    assertThatThrownBy(() -> look(1).look(keeper)).hasMessageContaining("more than 1 files");
    assertThat(look.check().getFirst().found()).contains("2 files in 1 folders");
    FolderLook nowhere =
        new FolderLook(
            new FolderOptions(folder.resolve("none"), SETTLE, EVERY, 1), clock, folders -> {});
    assertThatThrownBy(() -> nowhere.look(keeper)).hasMessageContaining("is no folder");
    assertThat(nowhere.check().getFirst().level()).isEqualTo(Level.PROBLEM);
  }
}
