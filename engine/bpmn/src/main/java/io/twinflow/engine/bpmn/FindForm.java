package io.twinflow.engine.bpmn;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.FlowNode;
import io.twinflow.workflowdefs.bpmn.FormField;
import io.twinflow.workflowdefs.bpmn.load.BpmnReader;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forms of tasks, which stand in the documents. Remembers some; safe for many threads. */
final class FindForm {

  private static final int REMEMBERED = 100;

  private final Map<String, BpmnDocument> documents =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BpmnDocument> eldest) {
          return size() > REMEMBERED;
        }
      };

  List<FormField> of(Sql sql, String tenant, UserTask task) throws IOException {
    return document(sql, tenant, task.digest()).processes().stream()
        .filter(process -> process.id().equals(task.process()))
        .flatMap(process -> process.body().all().stream())
        .flatMap(scope -> scope.nodes().stream())
        .filter(node -> node.id().equals(task.activity()))
        .filter(FlowNode.UserTask.class::isInstance)
        .map(node -> ((FlowNode.UserTask) node).form())
        .findFirst()
        .orElseThrow(() ->
            new IOException(
                "the document %s has no user task %s".formatted(task.digest(), task.activity())));
  }

  private BpmnDocument document(Sql sql, String tenant, String digest) throws IOException {
    synchronized (documents) {
      BpmnDocument known = documents.get(digest);
      if (known != null) {
        return known;
      }
    }
    byte[] bytes =
        sql.list(
                "SELECT document FROM definition WHERE tenant = ? AND digest = ?",
                row -> row.getBytes(1),
                tenant,
                digest)
            .getFirst();
    try {
      BpmnDocument read = BpmnReader.read(digest, bytes);
      synchronized (documents) {
        documents.put(digest, read);
      }
      return read;
    } catch (InvalidDefinitionException e) {
      throw new IOException(
          "the document %s cannot be read any more: %s".formatted(digest, e.getMessage()), e);
    }
  }
}
