package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import java.util.function.Supplier;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;

/**
 * A transaction is made again if another one came first; nothing of the first try is left, because
 * all that it did was in it.
 */
final class Again {

  private static final int TRIES = 10;

  private Again() {}

  static <T> T ifOvertaken(Supplier<T> transaction) {
    for (int tries = 1; ; tries++) {
      try {
        return transaction.get();
      } catch (FlowableOptimisticLockingException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  /** The same; what the process itself cannot do is refused, and nothing has happened. */
  static <T> T orRefuse(Supplier<T> transaction) throws ProcessException {
    try {
      return ifOvertaken(transaction);
    } catch (FlowableIllegalArgumentException e) {
      throw new ProcessException(Reason.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
