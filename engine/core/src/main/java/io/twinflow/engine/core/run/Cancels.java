package io.twinflow.engine.core.run;

import io.twinflow.engine.core.fold.OpenBatch;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.site.Site;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.SiteException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stops what a run has at its site (DESIGN.md, rule 6). */
final class Cancels {

  private final RunSetting setting;
  private final RunFold fold;
  private final Ledger ledger;
  private final Effects effects;
  private final Mailbox mailbox;
  private final Tasks tasks;
  private final Notices notices;

  Cancels(
      RunSetting setting,
      RunFold fold,
      Ledger ledger,
      Effects effects,
      Mailbox mailbox,
      Tasks tasks,
      Notices notices) {
    this.setting = setting;
    this.fold = fold;
    this.ledger = ledger;
    this.effects = effects;
    this.mailbox = mailbox;
    this.tasks = tasks;
    this.notices = notices;
  }

  /** Asks the site to stop everything of this run. */
  void all() {
    Map<Site, List<AttemptKey>> keys = new LinkedHashMap<>();
    for (LiveTask task : tasks.live()) {
      Site site = task.site;
      if (task.stage == LiveTask.Stage.AT_SITE && site != null) {
        keys.computeIfAbsent(site, _ -> new ArrayList<>())
            .add(setting.attemptKey(task.task.number(), task.attempt));
      }
    }
    keys.forEach((site, there) -> ledger.afterCommit(() -> ask(site, there)));
  }

  void failed(Message.CancelFailed message) {
    notices.once(message.text());
    mailbox.sendAt(
        setting.clock().instant().plus(setting.retries().waitAfter(0)), new Message.CancelAgain());
  }

  /** Asks now; what the site does not take is asked again. */
  void ask(Site site, List<AttemptKey> keys) {
    effects.tidy(() -> {
      try {
        site.executor().cancel(keys);
      } catch (SiteException e) {
        mailbox.send(
            new Message.CancelFailed(
                "site %s did not take the cancel (%s); it is asked again"
                    .formatted(site.name(), e.getMessage())));
      }
    });
  }

  /** What a site may still be running, in words that an administrator can use. */
  List<String> leftBehind() {
    List<String> left = new ArrayList<>();
    for (OpenBatch batch : fold.openBatches()) {
      batch
          .open()
          .forEach((task, attempt) -> {
            if (tasks.isConcluding(task)) {
              return;
            }
            AttemptKey key = setting.attemptKey(task, attempt);
            left.add(
                "%s at site %s (%s)"
                    .formatted(
                        key.value(),
                        batch.site(),
                        batch.siteId().isEmpty() ? whereabouts(batch, key) : batch.siteId()));
          });
    }
    return left;
  }

  private String whereabouts(OpenBatch batch, AttemptKey attempt) {
    return setting
        .sites()
        .find(batch.site())
        .map(site -> site.executor().whereabouts(attempt))
        .orElse("a site that is not in the configuration any more");
  }
}
