package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.site.ConfiguredSites;
import io.twinflow.engine.server.tell.NamedSecrets;
import io.twinflow.engine.server.tell.SendMail;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FlowScope;
import io.twinflow.workflowdefs.bpmn.Work;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether this server does what a process asks for, and for somebody: sends to whom it tells, and
 * has the sites that it names. Asked when it is kept and when it is submitted, so that a process
 * does not find out in the middle; and again when it asks.
 */
@Component
public final class CheckWork {

  private final NamedSecrets secrets;
  private final SendMail mail;
  private final ConfiguredSites sites;

  CheckWork(NamedSecrets secrets, SendMail mail, ConfiguredSites sites) {
    this.mail = mail;
    this.sites = sites;
    this.secrets = secrets;
  }

  /**
   * @param subject whose runs of it would be
   * @throws InvalidDefinitionException with everything that it does not
   */
  public void check(ServedProcess process, String subject) throws InvalidDefinitionException {
    ProblemLog log = new ProblemLog();
    process.document().processes().stream()
        .flatMap(each -> each.body().all().stream())
        .map(FlowScope::nodes)
        .flatMap(List::stream)
        .forEach(node -> {
          if (node instanceof FlowNode.ServiceTask task) {
            check(task, subject, log);
          }
        });
    log.throwIfAny();
  }

  private void check(FlowNode.ServiceTask task, String subject, ProblemLog log) {
    switch (task.work()) {
      case Work.CallHttp http -> {
        secret(task, http.secret(), subject, log);
        if (http.secret() != null
            && http.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase("Authorization"))) {
          log.error(
              task.position(),
              "secret=\"%s\" is sent as the header Authorization, and there is one; leave one of both out."
                  .formatted(http.secret()));
        }
      }
      case Work.SendWebhook hook -> secret(task, hook.secret(), subject, log);
      case Work.SendMail letter -> {
        mail.whyNot(subject).ifPresent(why -> log.error(task.position(), "tw:mail: " + why + "."));
        letter.to().stream()
            .filter(Template::isConstant)
            .forEach(to ->
                mail.whyNotTo(to.text()).ifPresent(why -> log.error(to.position(), why + ".")));
      }
      case Work.RunWorkflow run -> site(run.site(), log);
      case Work.RunTool run -> site(run.site(), log);
      case Work.Decide _ -> {}
    }
  }

  /** What an expression names is found out when it is evaluated. */
  private void site(@Nullable Template site, ProblemLog log) {
    if (site != null && site.isConstant()) {
      sites.whyNot(site.text()).ifPresent(why -> log.error(site.position(), why + "."));
    }
  }

  private void secret(
      FlowNode.ServiceTask task, @Nullable String name, String subject, ProblemLog log) {
    if (name != null) {
      secrets
          .whyNot(name, subject)
          .ifPresent(why -> log.error(task.position(), "secret=\"%s\": %s.".formatted(name, why)));
    }
  }
}
