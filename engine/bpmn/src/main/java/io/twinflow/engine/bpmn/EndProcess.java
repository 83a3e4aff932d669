package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import org.flowable.engine.impl.util.CommandContextUtil;

/** Ends an instance before its time, and says why. */
record EndProcess(Flowable flowable) {

  static final String CANCELLED = "CANCELLED ";
  static final String FAILED = "FAILED ";

  /** As Flowable's column takes it. */
  private static final int LONGEST = 4_000;

  boolean cancel(String tenant, String instance, String user, String why) throws ProcessException {
    if (new LookUp(flowable).state(tenant, instance).isEmpty()) {
      throw new ProcessException(Reason.UNKNOWN, "there is no process instance " + instance);
    }
    return Again.ifOvertaken(() ->
        flowable.inTransaction(context -> {
          boolean running = LockInstance.lock(Sqls.of(context), instance);
          if (running) {
            TellNews.tell(instance, News.Kind.CANCELLING, user, why);
            TellNews.tell(instance, News.Kind.ENDED, News.ENGINE, "");
            flowable
                .engine()
                .getRuntimeService()
                .deleteProcessInstance(instance, reason(CANCELLED, why));
          }
          return running;
        }));
  }

  /** In the transaction of the caller. */
  static void fail(String instance, String activity, String reason) {
    TellNews.note(instance, "%s: %s".formatted(activity, reason));
    TellNews.tell(instance, News.Kind.ENDED, News.ENGINE, "");
    CommandContextUtil.getProcessEngineConfiguration()
        .getRuntimeService()
        .deleteProcessInstance(instance, reason(FAILED, reason));
  }

  private static String reason(String phase, String why) {
    String text = phase + why;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
