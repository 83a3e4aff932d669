package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import org.flowable.engine.repository.Deployment;

/** Deploys a document once. */
record DeployDocument(Flowable flowable) {

  /** The row comes first: of two that deploy the same, the second waits there for the first. */
  String deploy(String tenant, BpmnDocument document, byte[] bytes) {
    return flowable.inTransaction(context -> {
      Sqls sql = Sqls.of(context);
      int made =
          sql.change(
              """
              INSERT INTO definition (tenant, digest, source, document) VALUES (?, ?, ?, ?)
              ON CONFLICT DO NOTHING
              """,
              tenant,
              document.digest(),
              document.source(),
              bytes);
      if (made == 1) {
        sql.change(
            "UPDATE definition SET deployment = ? WHERE tenant = ? AND digest = ?",
            deployed(tenant, document).getId(),
            tenant,
            document.digest());
      }
      return document.digest();
    });
  }

  /** Flowable's own checks want what its own elements have; ours were made when it was read. */
  private Deployment deployed(String tenant, BpmnDocument document) {
    return flowable
        .engine()
        .getRepositoryService()
        .createDeployment()
        .tenantId(tenant)
        .name(document.digest())
        .key(document.digest())
        .addBpmnModel(document.digest() + ".bpmn20.xml", TranslateProcess.model(document))
        .disableSchemaValidation()
        .disableBpmnValidation()
        .deploy();
  }
}
