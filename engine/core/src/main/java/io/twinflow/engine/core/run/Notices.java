package io.twinflow.engine.core.run;

import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.RunFold;
import java.util.HashMap;
import java.util.Map;

/** What a person is told of a run while it goes on. */
final class Notices {

  private final RunFold fold;
  private final Ledger ledger;
  private final Map<String, String> latest = new HashMap<>();

  Notices(RunFold fold, Ledger ledger) {
    this.fold = fold;
    this.ledger = ledger;
  }

  /** Once in a run. */
  void once(String text) {
    if (!fold.wasNoticed(text)) {
      ledger.emit(new Event.NoticeGiven(text));
    }
  }

  /** Once in a run, of a site. */
  void once(String site, String text) {
    if (!fold.wasNoticed(text)) {
      again(site, text);
    }
  }

  /** Of a site, also if it was so before and was otherwise meanwhile. */
  void again(String site, String text) {
    latest.put(site, text);
    ledger.emit(new Event.NoticeGiven(text, site));
  }

  /** What was told last of a site; empty if nothing was. */
  String latest(String site) {
    return latest.getOrDefault(site, "");
  }
}
