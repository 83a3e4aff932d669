package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;
import java.util.Map;

/** Gives a signal to all processes that listen for it, once to each for each key. */
record GiveSignal(Flowable flowable) {

  /**
   * @return how many have got it, now or before
   */
  int give(String key, Listeners to, RecordValue values) throws ProcessException {
    List<String> listening = flowable.inTransaction(context -> to.instances(Sqls.of(context)));
    for (String instance : listening) {
      Again.orRefuse(() -> give(key, to, instance, Variables.of(values)));
    }
    return flowable.inTransaction(context ->
        Sqls.of(context)
            .first(
                "SELECT count(*) FROM signal_delivery WHERE tenant = ? AND signal_key = ?",
                row -> row.getInt(1),
                to.tenant(),
                key)
            .orElseThrow());
  }

  /** It may have gone on since it was found. */
  private boolean give(String key, Listeners to, String instance, Map<String, Object> variables) {
    return flowable.inTransaction(context -> {
      Sqls sql = Sqls.of(context);
      LockInstance.lock(sql, instance);
      boolean isGiven =
          sql.first(
                  "SELECT 1 FROM signal_delivery WHERE tenant = ? AND signal_key = ? AND instance = ?",
                  row -> row.getInt(1),
                  to.tenant(),
                  key,
                  instance)
              .isPresent();
      if (isGiven || !to.tell(sql, instance, variables)) {
        return false;
      }
      sql.change(
          "INSERT INTO signal_delivery (tenant, signal_key, instance) VALUES (?, ?, ?)",
          to.tenant(),
          key,
          instance);
      TellNews.note(instance, "the signal \"%s\" has come".formatted(to.signal()));
      return true;
    });
  }
}
