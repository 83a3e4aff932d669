package io.twinflow.engine.core.run;

import io.twinflow.engine.core.fold.AttemptPhase;
import io.twinflow.engine.core.site.Site;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells what a run waits for at a site, in the site's words: a quota, a token, a scheduler. Only
 * while nothing of the run goes on there: who sees others run needs not be told that some wait.
 */
final class TellWaits {

  /** What begins at once, as most does, is not worth a word. */
  static final Duration FIRST_LOOK = Duration.ofSeconds(3);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** A site whose words change for weeks shall fill no journal. */
  private static final int MOST = 100;

  /** The oldest; a site may have no words of some. */
  private static final int ASKED = 5;

  private final Site site;
  private final RunSetting setting;
  private final Notices notices;
  private final Mailbox mailbox;
  private final Tasks tasks;
  private Duration pause = FIRST_LOOK;
  private boolean looks;
  private int told;

  TellWaits(Site site, RunSetting setting, Notices notices, Mailbox mailbox, Tasks tasks) {
    this.site = site;
    this.setting = setting;
    this.notices = notices;
    this.mailbox = mailbox;
    this.tasks = tasks;
  }

  /** The site has attempts of the run. */
  void begin() {
    if (!looks) {
      looks = true;
      pause = FIRST_LOOK;
      lookLater();
    }
  }

  private void lookLater() {
    mailbox.sendAt(setting.clock().instant().plus(pause), new Message.LookAtWaiting(site.name()));
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
  }

  /** It is time to look. */
  void look() {
    List<LiveTask> there =
        tasks.live().stream()
            .filter(task -> task.stage == LiveTask.Stage.AT_SITE && site.equals(task.site))
            .toList();
    looks = !there.isEmpty() && told < MOST;
    if (!looks) {
      return;
    }
    if (there.stream().allMatch(t -> t.task.attemptPhase() == AttemptPhase.INTENDED)) {
      words(there).ifPresent(words -> tell(there.size(), words));
    }
    lookLater();
  }

  private Optional<String> words(List<LiveTask> there) {
    return there.stream()
        .sorted(Comparator.comparingLong(task -> task.task.number()))
        .limit(ASKED)
        .map(task -> site.executor().waitsFor(setting.attemptKey(task.task.number(), task.attempt)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void tell(int count, String words) {
    String said = setting.secrets().mask(words);
    // How many they are is no news.
    if (shape(notices.latest(site.name())).endsWith(shape(said))) {
      return;
    }
    told++;
    notices.again(
        site.name(),
        "%s at site %s not begun: %s"
            .formatted(
                count == 1 ? "1 task" : count + " tasks",
                site.name() + (count == 1 ? " has" : " have"),
                said));
  }

  /** Counts of nodes, places in a queue and names of pods change all the time. */
  private static String shape(String text) {
    return text.replaceAll("\"[^\"]*\"|'[^']*'", "it").replaceAll("[0-9]+", "0");
  }
}
