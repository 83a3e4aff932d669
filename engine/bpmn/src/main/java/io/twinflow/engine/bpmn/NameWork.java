package io.twinflow.engine.bpmn;

import java.util.UUID;

/** Writes down what work is called where it is done. */
record NameWork(Flowable flowable) {

  private record Place(String instance, String activity) {}

  /** What counts is what was written first. */
  String name(UUID id, String proposed) {
    return flowable.inTransaction(context -> {
      Sqls sql = Sqls.of(context);
      Place place =
          sql.first(
                  "SELECT instance, activity FROM bpmn_outbox WHERE id = ?",
                  row -> new Place(row.getString(1), row.getString(2)),
                  id)
              .orElseThrow();
      // As everywhere: first the instance, then what belongs to it.
      LockInstance.lock(sql, place.instance());
      int named =
          sql.change(
              "UPDATE bpmn_outbox SET reference = ? WHERE id = ? AND reference IS NULL",
              proposed,
              id);
      if (named > 0) {
        TellNews.note(place.instance(), "%s is done by %s".formatted(place.activity(), proposed));
      }
      return sql.first(
              "SELECT reference FROM bpmn_outbox WHERE id = ?", row -> row.getString(1), id)
          .orElseThrow();
    });
  }
}
