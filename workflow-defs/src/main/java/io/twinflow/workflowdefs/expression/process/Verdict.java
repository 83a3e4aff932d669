package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.expression.ExpressionLimits;
import java.time.Duration;

/** What becomes of an evaluation that a line's workers could not end. */
interface Verdict {

  /** It took longer than these workers give it; the answer says so, if there is one. */
  void tooSlow(Job job);

  /** The quick workers pass it on. */
  static Verdict passOn(Lines lines) {
    return lines::tooSlow;
  }

  /** The patient ones end it. */
  static Verdict end(Duration time) {
    String message = ExpressionLimits.standard().withTime(time).outOfTime();
    return job -> job.fail(message);
  }
}
