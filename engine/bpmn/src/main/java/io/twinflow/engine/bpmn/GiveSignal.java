package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.Listeners.Listener;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;
import java.util.function.Predicate;
import org.flowable.common.engine.api.FlowableException;
import org.jspecify.annotations.Nullable;

/** Gives a signal to all processes that listen for it, in a transaction each. */
record GiveSignal(Flowable flowable) {

  /** Nobody asks again for so long whether one was given. */
  private static final String REMEMBERED = "30 days";

  /**
   * @param key with which each gets it once; null if it is given once anyhow
   * @return how many have got it, now or before
   */
  int give(@Nullable String key, Listeners to, RecordValue values) {
    List<Listener> listening = flowable.inTransaction(context -> to.all(Sqls.of(context)));
    int given = 0;
    for (Listener each : listening) {
      given += give(key, to, each, values) ? 1 : 0;
    }
    return key == null
        ? given
        : flowable.inTransaction(context -> given(Sqls.of(context), to, key));
  }

  /** What the process cannot do is tried again by a job, and is no trouble of the others. */
  private boolean give(@Nullable String key, Listeners to, Listener each, RecordValue values) {
    try {
      return once(key, to, each, sql -> Listeners.tell(sql, each.instance(), to.signal(), values));
    } catch (FlowableException e) {
      if (Sqls.said(e).isPresent()) {
        throw e;
      }
      return once(
          key,
          to,
          each,
          sql -> {
            SignalJob.schedule(each, to.tenant(), to.signal(), values);
            return true;
          });
    }
  }

  /**
   * @param giving whether the process, which is locked, has got it
   */
  private boolean once(@Nullable String key, Listeners to, Listener each, Predicate<Sqls> giving) {
    return Again.ifOvertaken(() ->
        flowable.inTransaction(context -> {
          Sqls sql = Sqls.of(context);
          LockInstance.lock(sql, each.instance());
          if (key != null && isGiven(sql, to, key, each)) {
            return false;
          }
          boolean isGiven = giving.test(sql);
          if (isGiven && key != null) {
            sql.change(
                "INSERT INTO signal_delivery (tenant, signal_key, instance) VALUES (?, ?, ?)",
                to.tenant(),
                key,
                each.instance());
          }
          return isGiven;
        }));
  }

  private static boolean isGiven(Sqls sql, Listeners to, String key, Listener each) {
    return sql.first(
            "SELECT 1 FROM signal_delivery WHERE tenant = ? AND signal_key = ? AND instance = ?",
            row -> row.getInt(1),
            to.tenant(),
            key,
            each.instance())
        .isPresent();
  }

  private static int given(Sqls sql, Listeners to, String key) {
    sql.change("DELETE FROM signal_delivery WHERE at < now() - ?::interval", REMEMBERED);
    return sql.first(
            "SELECT count(*) FROM signal_delivery WHERE tenant = ? AND signal_key = ?",
            row -> row.getInt(1),
            to.tenant(),
            key)
        .orElseThrow();
  }
}
