package io.twinflow.triggers.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.git.RefChange;
import io.twinflow.triggers.rule.Glob;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Keeper;
import io.twinflow.triggers.source.broker.Tls;
import io.twinflow.triggers.source.web.WebAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real repository in a folder. */
class GitSourceTest {

  private static final String PLACE = "twinflow.yaml:3:5";

  @TempDir private Path folder;

  private final Keeper keeper = new Keeper();
  private Git git;

  @BeforeEach
  void make() throws Exception {
    git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
    commit("first");
  }

  @AfterEach
  void close() {
    git.close();
  }

  private String commit(String message) throws Exception {
    return git.commit()
        .setAllowEmpty(true)
        .setSign(false)
        .setAuthor("ann", "ann@example.org")
        .setCommitter("ann", "ann@example.org")
        .setMessage(message)
        .call()
        .name();
  }

  private GitOptions options(List<String> branches, List<String> tags, int most) {
    return new GitOptions(
        URI.create("file://" + folder),
        new WebAccess("url", null, null, new Tls(null, null, null)),
        branches.stream().map(Glob::of).toList(),
        tags.stream().map(Glob::of).toList(),
        Duration.ofMinutes(1),
        most);
  }

  private List<String> look(GitOptions options) throws Exception {
    int before = keeper.taken().size();
    new GitLook(options, new Remote(options)).look(keeper);
    return keeper.taken().stream().skip(before).map(Message::subject).toList();
  }

  @Test
  void whatIsPushedIsAnEventOnceAndWhatWasThereAtTheBeginningIsNone() throws Exception {
    GitOptions all = options(List.of("**"), List.of("**"), 100);
    String first = git.getRepository().resolve("main").name();
    assertThat(look(all)).isEmpty();
    assertThat(look(all)).isEmpty();
    String second = commit("second");
    assertThat(look(all)).containsExactly("refs/heads/main");
    Message message = keeper.taken().getFirst();
    assertThat(message.channel()).isEqualTo(URI.create("file://" + folder));
    assertThat(message.id())
        .isEqualTo(new RefChange("file://" + folder, "refs/heads/main", first, second).id());
    assertThat(Keeper.body(message))
        .contains(
            "\"before\":\"" + first + "\"", "\"after\":\"" + second + "\"", "\"created\":false");
    assertThat(look(all)).isEmpty();

    git.branchCreate().setName("topic/one").call();
    git.tag().setName("v1").setAnnotated(false).call();
    assertThat(look(all)).containsExactly("refs/heads/topic/one", "refs/tags/v1");
    assertThat(Keeper.body(keeper.taken().getLast())).contains("\"created\":true");
    git.branchDelete().setBranchNames("topic/one").setForce(true).call();
    assertThat(look(all)).containsExactly("refs/heads/topic/one");
    assertThat(Keeper.body(keeper.taken().getLast())).contains("\"deleted\":true");
  }

  @Test
  void onlyWantedBranchesAndTagsAreSeenAndAnotherWishIsNoPush() throws Exception {
    GitOptions some = options(List.of("main", "release/*"), List.of("v*"), 100);
    look(some);
    git.branchCreate().setName("topic").call();
    git.branchCreate().setName("release/1").call();
    git.tag().setName("v1").setAnnotated(false).call();
    git.tag().setName("nightly").setAnnotated(false).call();
    assertThat(look(some)).containsExactly("refs/heads/release/1", "refs/tags/v1");
    assertThat(look(options(List.of("main"), List.of(), 100))).isEmpty();
  }

  @Test
  void whatCouldNotBeKeptIsToldAgain() throws Exception {
    GitOptions all = options(List.of("**"), List.of(), 100);
    look(all);
    commit("second");
    keeper.refuse(true);
    assertThatThrownBy(() -> look(all)).hasMessage(Keeper.REFUSAL);
    keeper.refuse(false);
    assertThat(look(all)).containsExactly("refs/heads/main");
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    git.branchCreate().setName("topic").call();
    assertThatThrownBy(() -> look(options(List.of("**"), List.of(), 1)))
        .hasMessageContaining("has 2 such branches and tags, and may have 1");
    GitOptions nowhere =
        new GitOptions(
            URI.create("file://" + folder.resolve("nowhere")),
            new WebAccess("url", null, null, new Tls(null, null, null)),
            List.of(Glob.of("**")),
            List.of(),
            Duration.ofMinutes(1),
            10);
    assertThatThrownBy(() -> look(nowhere)).hasMessageContaining("nowhere");
    assertThat(new GitLook(nowhere, new Remote(nowhere)).check().toString()).contains("nowhere");
    GitOptions good = options(List.of("**"), List.of(), 10);
    assertThat(new GitLook(good, new Remote(good)).check().toString())
        .contains("has 2 such branches and tags");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url      | ssh://git@git.example.org/models.git | ssh is not there",
        "url      | git@git.example.org:models.git       | ssh is not there",
        "url      | https://ann:secret@git.example.org/m | fields of their own",
        "url      | /srv/models.git                      | file:///srv/models.git",
        "every    | 10ms                                 | from 1s on",
        "user     | ann                                  | password",
        "authority| /etc/ca.pem                          | https://",
        "depth    | 1                                    | means nothing here",
      })
  void whatIsWrongInTheConfigurationIsRefusedWhereItStands(
      String field, String value, String words) {
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put("url", Setting.text("http://git.example.org/models.git", PLACE));
    fields.put(field.strip(), Setting.text(value, PLACE));
    assertThatThrownBy(
            () -> {
              Settings settings = Settings.of("sources", "models", fields, PLACE);
              new GitType().open(settings).close();
              settings.end();
            })
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(words);
  }

  @Test
  void branchesAreSeenUnlessOnlyTagsAreNamed() {
    GitOptions tags = options(List.of(), List.of("v*"), 1);
    assertThat(Stream.of("refs/heads/main", "refs/tags/v1", "refs/tags/w1", "refs/pull/1/head"))
        .filteredOn(tags::isWanted)
        .containsExactly("refs/tags/v1");
  }
}
