package io.twinflow.executors.testing;

import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;

/** What goes wrong at the fake site; a test turns it on and off. */
public final class FakeFaults {

  private volatile boolean down;
  private volatile boolean loseRequest;
  private volatile boolean loseAnswer;
  private volatile boolean startTwice;
  private volatile boolean holdNews;
  private volatile boolean ignoreCancel;

  /** Every call is refused; nothing happens. */
  public void siteIsDown(boolean on) {
    down = on;
  }

  /** The next submission does not arrive, and the caller cannot know it. */
  public void loseNextRequest() {
    loseRequest = true;
  }

  /** The next submission arrives, and its answer does not. */
  public void loseNextAnswer() {
    loseAnswer = true;
  }

  /** Each attempt is started twice; its claim lets one of the two run the tool. */
  public void startTwice(boolean on) {
    startTwice = on;
  }

  /** Nothing is told until this is off again ({@link FakeExecutor#wake} ends the wait). */
  public void holdNews(boolean on) {
    holdNews = on;
  }

  /** Cancellation has no effect: the attempts go on. */
  public void ignoreCancel(boolean on) {
    ignoreCancel = on;
  }

  boolean startsTwice() {
    return startTwice;
  }

  boolean holdsNews() {
    return holdNews;
  }

  boolean ignoresCancel() {
    return ignoreCancel;
  }

  void reachable() throws SiteException {
    if (down) {
      throw FakeExecutor.down(Certainty.NOTHING_HAPPENED, "the fake site is down");
    }
  }

  void request() throws SiteException {
    if (loseRequest) {
      loseRequest = false;
      throw FakeExecutor.down(Certainty.UNKNOWN, "the request was lost");
    }
  }

  void answer() throws SiteException {
    if (loseAnswer) {
      loseAnswer = false;
      throw FakeExecutor.down(Certainty.UNKNOWN, "the answer was lost");
    }
  }
}
