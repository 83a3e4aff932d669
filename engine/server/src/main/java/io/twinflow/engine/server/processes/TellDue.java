package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Overdue;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.server.notifications.Notifications;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Tells that tasks of people are overdue, once each. */
@Component
final class TellDue {

  private static final int AT_ONCE = 100;

  private final Processes processes;
  private final Notifications notifications;

  TellDue(Processes processes, Notifications notifications) {
    this.processes = processes;
    this.notifications = notifications;
  }

  /** Broken off between the two, both are done again, and the first changes nothing then. */
  void all() throws IOException {
    if (!processes.isStarted()) {
      return;
    }
    for (Overdue task : processes.overdue(AT_ONCE)) {
      Each.tryIt(
          task.instance(),
          () -> {
            notifications.overdue(task.instance());
            processes.tellOverdue(task);
          });
    }
  }
}
