package io.twinflow.engine.core.turns;

/** One run's place among those that share a site. */
public final class Seat implements AutoCloseable {

  final Claimant who;
  final Runnable wake;
  final SubjectTurns subject;

  /** Tells apart seats that are alike. */
  final long number;

  private final Turns turns;

  /** At the site or set aside. */
  int has;

  /** Set aside for a run that had to wait, until it answers its wake-up. */
  int aside;

  int wanted;

  /** Where it stands among its subject's runs while it waits. */
  LineName line = LineName.NONE;

  /** When it was last given a slot, or began to want one; counted in slots that were given. */
  long unserved;

  Seat(Turns turns, Claimant who, SubjectTurns subject, long number, Runnable wake) {
    this.turns = turns;
    this.who = who;
    this.subject = subject;
    this.number = number;
    this.wake = wake;
  }

  boolean isWaiting() {
    return wanted > aside;
  }

  /**
   * Says what the run has at the site and could submit, and learns how many of these it may submit
   * now. For the others it is woken.
   */
  public int settle(int atSite, int ready) {
    return turns.settle(this, atSite, ready);
  }

  /** The run leaves; what it had is free. */
  @Override
  public void close() {
    turns.leave(this);
  }
}
