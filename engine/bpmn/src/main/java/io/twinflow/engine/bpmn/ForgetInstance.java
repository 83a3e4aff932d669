package io.twinflow.engine.bpmn;

/** Takes away all that is kept of an instance that has ended. */
record ForgetInstance(Flowable flowable) {

  boolean forget(String tenant, String instance) {
    return flowable.inTransaction(context -> {
      Sqls sql = Sqls.of(context);
      boolean running = LockInstance.lock(sql, instance);
      boolean known = new LookUp(flowable).state(tenant, instance).isPresent();
      if (running || !known) {
        return false;
      }
      new StuckJobs(flowable).forget(tenant, instance);
      flowable.engine().getHistoryService().deleteHistoricProcessInstance(instance);
      for (String table :
          new String[] {
            "bpmn_outbox", "news", "delivery", "signal_delivery", "overdue", "submission"
          }) {
        sql.change("DELETE FROM " + table + " WHERE instance = ?", instance);
      }
      return true;
    });
  }
}
