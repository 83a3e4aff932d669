package io.twinflow.engine.bpmn;

/**
 * Requests to one instance are met one after the other, also by several servers. Branches that end
 * at the same time would otherwise lose against each other, again and again, at the gateway that
 * joins them.
 */
final class LockInstance {

  private LockInstance() {}

  /**
   * To be called before Flowable has read anything of the instance.
   *
   * @return whether the instance is running
   */
  static boolean lock(Sqls sql, String instance) {
    return sql.first(
            "SELECT 1 FROM act_ru_execution WHERE id_ = ? FOR UPDATE",
            row -> row.getInt(1),
            instance)
        .isPresent();
  }
}
