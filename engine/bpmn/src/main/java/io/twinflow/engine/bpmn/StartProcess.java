package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import io.twinflow.workflowdefs.value.RecordValue;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.engine.repository.ProcessDefinition;

/** Starts an instance once for each key. */
record StartProcess(Flowable flowable) {

  private record Submitted(String digest, String process, String instance) {}

  /**
   * @param key of the caller's
   * @param instance what it is called if it is started now
   * @param subject whose it is; of one without an owner nothing is told
   */
  String start(
      String tenant,
      String digest,
      String process,
      String key,
      String instance,
      String subject,
      RecordValue inputs)
      throws ProcessException {
    String definition = definition(tenant, digest, process);
    Submitted submitted =
        Again.orRefuse(() ->
            flowable.inTransaction(context -> {
              boolean first =
                  submit(Sqls.of(context), tenant, digest, process, key, instance, subject);
              if (first) {
                start(definition, key, instance, inputs);
              }
              return submitted(Sqls.of(context), tenant, key);
            }));
    if (!submitted.digest().equals(digest) || !submitted.process().equals(process)) {
      throw new ProcessException(
          Reason.CONFLICT,
          "the key \"%s\" has started the process %s of %s before, and cannot start %s of %s. Use another key."
              .formatted(key, submitted.process(), submitted.digest(), process, digest));
    }
    return submitted.instance();
  }

  private String definition(String tenant, String digest, String process) throws ProcessException {
    ProcessDefinition definition =
        flowable
            .engine()
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionTenantId(tenant)
            .processDefinitionKey(process)
            .deploymentId(deployment(tenant, digest))
            .singleResult();
    if (definition == null) {
      throw new ProcessException(
          Reason.UNKNOWN, "the document %s has no process \"%s\"".formatted(digest, process));
    }
    if (!beginsPlainly(definition.getId(), process)) {
      throw new ProcessException(
          Reason.INVALID,
          "the process \"%s\" has no startEvent without a definition: it begins by a message, a signal or a timer only"
              .formatted(process));
    }
    return definition.getId();
  }

  private boolean beginsPlainly(String definition, String process) {
    return flowable
        .engine()
        .getRepositoryService()
        .getBpmnModel(definition)
        .getProcessById(process)
        .findFlowElementsOfType(StartEvent.class, false)
        .stream()
        .anyMatch(start -> start.getEventDefinitions().isEmpty());
  }

  private String deployment(String tenant, String digest) throws ProcessException {
    return flowable
        .inTransaction(context ->
            Sqls.of(context)
                .first(
                    "SELECT deployment FROM definition WHERE tenant = ? AND digest = ?",
                    row -> row.getString(1),
                    tenant,
                    digest))
        .orElseThrow(() ->
            new ProcessException(
                Reason.UNKNOWN, "no document with the digest %s is deployed".formatted(digest)));
  }

  /** Waits for a transaction that submits the same key at the same time. */
  private static boolean submit(
      Sqls sql,
      String tenant,
      String digest,
      String process,
      String key,
      String instance,
      String subject) {
    return sql.change(
            """
            INSERT INTO submission (tenant, submission_key, digest, process, instance, subject)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            tenant,
            key,
            digest,
            process,
            instance,
            subject)
        == 1;
  }

  private void start(String definition, String key, String instance, RecordValue inputs) {
    flowable
        .engine()
        .getRuntimeService()
        .createProcessInstanceBuilder()
        .processDefinitionId(definition)
        .predefineProcessInstanceId(instance)
        .businessKey(key)
        .variables(Variables.of(inputs))
        .start();
  }

  private static Submitted submitted(Sqls sql, String tenant, String key) {
    return sql.first(
            "SELECT digest, process, instance FROM submission WHERE tenant = ? AND submission_key = ?",
            row -> new Submitted(row.getString(1), row.getString(2), row.getString(3)),
            tenant,
            key)
        .orElseThrow(() -> new IllegalStateException("the submission " + key + " is gone"));
  }
}
