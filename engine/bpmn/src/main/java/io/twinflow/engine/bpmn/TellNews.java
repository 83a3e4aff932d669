package io.twinflow.engine.bpmn;

import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.impl.util.CommandContextUtil;

/** Writes down what happens in an instance, in the transaction in which it happens. */
final class TellNews {

  private TellNews() {}

  /** A note of what the engine does. */
  static void note(String instance, String detail) {
    tell(instance, News.Kind.NOTE, News.ENGINE, detail);
  }

  /** Of an instance that was not started as a run, or has ended, nothing is told. */
  static void tell(String instance, News.Kind kind, String actor, String detail) {
    CommandContext context = CommandContextUtil.getCommandContext();
    Sqls sql = Sqls.of(context);
    // In this order everywhere, so that nobody waits for who waits for them.
    LockInstance.lock(sql, instance);
    int told =
        sql.change(
            """
            WITH counted AS (
              UPDATE submission SET told = told + 1, ended = ?
              WHERE instance = ? AND NOT ended AND subject <> '' RETURNING told)
            INSERT INTO news (instance, number, kind, actor, detail)
            SELECT ?, told, ?, ?, ? FROM counted
            """,
            kind == News.Kind.ENDED,
            instance,
            instance,
            kind.name(),
            actor,
            detail);
    if (told > 0 && CommandContextUtil.getDbSqlSession(context) instanceof WholeSession session) {
      session.ringWhenCommitted();
    }
  }
}
