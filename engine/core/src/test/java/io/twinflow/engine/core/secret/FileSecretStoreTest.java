package io.twinflow.engine.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.RunId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSecretStoreTest {

  private static final RunId RUN = new RunId("20261120-093012-aaaaaa");
  private static final RunId OTHER = new RunId("20261120-093012-bbbbbb");
  private static final String FIRST = Handle.fresh();
  private static final String SECOND = Handle.fresh();
  private static final Secrets SECRETS =
      new Secrets(Map.of(FIRST, "open-sesame", SECOND, "Geheimnis äöü \"'\n"));

  @TempDir private Path home;
  private FileSecretStore store;

  @BeforeEach
  void open() throws Exception {
    Files.createDirectories(home.resolve("runs").resolve(RUN.value()));
    Files.createDirectories(home.resolve("runs").resolve(OTHER.value()));
    store = store();
  }

  private FileSecretStore store() {
    return new FileSecretStore(home.resolve("runs"), key());
  }

  private Path key() {
    return home.resolve("secrets/key");
  }

  private Path file(RunId run) {
    return home.resolve("runs").resolve(run.value()).resolve("secrets");
  }

  @Test
  void givesBackWhatWasSaved() throws Exception {
    store.save(RUN, SECRETS);

    assertThat(store().load(RUN).texts()).isEqualTo(SECRETS.texts());
    assertThat(store.load(OTHER).isEmpty()).isTrue();
  }

  @Test
  void makesNothingForARunWithoutSecrets() throws Exception {
    store.save(RUN, Secrets.NONE);

    assertThat(key()).doesNotExist();
    assertThat(file(RUN)).doesNotExist();
  }

  @Test
  void holdsNoPlainTextAndLeavesNoParts() throws Exception {
    store.save(RUN, SECRETS);

    try (Stream<Path> files = Files.walk(home)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).containsExactlyInAnyOrder(key(), file(RUN));
      for (Path file : all) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("sesame", "Geheimnis");
      }
    }
  }

  @Test
  void isForItsOwnerOnly() throws Exception {
    store.save(RUN, SECRETS);

    assertThat(permissions(key())).isEqualTo("rw-------");
    assertThat(permissions(key().getParent())).isEqualTo("rwx------");
    assertThat(permissions(file(RUN))).isEqualTo("rw-------");
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws Exception {
    store.save(RUN, SECRETS);
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> store.load(RUN))
        .isInstanceOf(SecretsUnreadableException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void saysThatTheKeyIsAnotherOne() throws Exception {
    store.save(RUN, SECRETS);
    Files.delete(key());
    store().save(OTHER, SECRETS);

    assertThatThrownBy(() -> store.load(RUN))
        .isInstanceOf(SecretsUnreadableException.class)
        .hasMessageContaining("another key")
        .hasMessageContaining(file(RUN).toString());
  }

  @Test
  void saysThatTheKeyIsGone() throws Exception {
    store.save(RUN, SECRETS);
    Files.delete(key());

    assertThatThrownBy(() -> store.load(RUN)).hasMessageContaining("is gone");
  }

  @Test
  void refusesAFileWithAnyByteChanged() throws Exception {
    store.save(RUN, SECRETS);
    byte[] good = Files.readAllBytes(file(RUN));
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file(RUN), bad);
      assertThatThrownBy(() -> store.load(RUN))
          .as("byte %d", i)
          .isInstanceOf(SecretsUnreadableException.class);
    }
  }

  @Test
  void refusesAFileThatIsCutAnywhere() throws Exception {
    store.save(RUN, SECRETS);
    byte[] good = Files.readAllBytes(file(RUN));
    for (int length = 0; length < good.length; length++) {
      Files.write(file(RUN), java.util.Arrays.copyOf(good, length));
      assertThatThrownBy(() -> store.load(RUN))
          .as("length %d", length)
          .isInstanceOf(SecretsUnreadableException.class);
    }
  }

  @Test
  void refusesTheFileOfAnotherRun() throws Exception {
    store.save(RUN, SECRETS);
    Files.copy(file(RUN), file(OTHER));

    assertThatThrownBy(() -> store.load(OTHER)).hasMessageContaining("another run");
  }

  @Test
  void savesOnceOnly() throws Exception {
    store.save(RUN, SECRETS);

    assertThatThrownBy(() -> store.save(RUN, SECRETS)).hasMessageContaining("already");
  }

  @Test
  void enginesThatComeAtOnceShareOneKey() throws Exception {
    int engines = 16;
    List<Callable<RunId>> saves = new ArrayList<>();
    for (int i = 0; i < engines; i++) {
      RunId run = new RunId("20261120-093012-zzzz%02d".formatted(i));
      Files.createDirectories(home.resolve("runs").resolve(run.value()));
      saves.add(() -> {
        store().save(run, SECRETS);
        return run;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(engines)) {
      for (Future<RunId> saved : threads.invokeAll(saves)) {
        assertThat(store.load(saved.get()).texts()).isEqualTo(SECRETS.texts());
      }
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
