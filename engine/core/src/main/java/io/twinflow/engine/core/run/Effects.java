package io.twinflow.engine.core.run;

import io.twinflow.workflowdefs.expression.EvaluationOwner;

/** Lets effects out: each runs elsewhere and answers with a message, or the run is parked. */
final class Effects {

  private final RunSetting setting;
  private final Mailbox mailbox;
  private final EvaluationOwner owner;
  private final Breakable outputs = new Breakable();

  Effects(RunSetting setting, Mailbox mailbox) {
    this.setting = setting;
    this.mailbox = mailbox;
    this.owner = new EvaluationOwner(setting.run().value());
  }

  /** Something that computes and yields its answer. */
  interface Answer {
    Message get();
  }

  void compute(Answer effect) {
    setting.cpu().execute(() -> answerAsOwner(effect));
  }

  /** Something that waits for files or sites. */
  void wait(Answer effect) {
    setting.blocking().execute(() -> answerAsOwner(effect));
  }

  /** Collecting outputs, which may take as long as reading gigabytes. */
  void collect(Answer effect) {
    wait(() -> {
      outputs.enter();
      try {
        return effect.get();
      } finally {
        outputs.leave();
      }
    });
  }

  /** No outputs are needed, neither those being collected nor later ones, and no values. */
  void breakOff() {
    owner.breakOff();
    outputs.breakOff();
  }

  /** The run has ended, or its engine ends: nothing waits for a value. */
  void breakOffEvaluations() {
    owner.breakOff();
  }

  /** Something without an answer; what goes wrong in it hurts nobody. */
  void tidy(Runnable effect) {
    setting
        .blocking()
        .execute(() -> {
          try {
            effect.run();
          } catch (RuntimeException e) {
            System.getLogger(Effects.class.getName())
                .log(System.Logger.Level.WARNING, "tidying up failed", e);
          }
        });
  }

  private void answerAsOwner(Answer effect) {
    owner.run(() -> answer(effect));
  }

  private void answer(Answer effect) {
    Message message;
    try {
      message = effect.get();
    } catch (RuntimeException | Error e) {
      message = new Message.Crashed(e);
    }
    mailbox.send(message);
  }
}
