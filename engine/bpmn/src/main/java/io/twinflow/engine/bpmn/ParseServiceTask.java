package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.BaseElement;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.engine.impl.bpmn.parser.BpmnParse;
import org.flowable.engine.impl.bpmn.parser.handler.AbstractActivityBpmnParseHandler;

/** Gives every service task the one behaviour there is, whatever its attributes say. */
final class ParseServiceTask extends AbstractActivityBpmnParseHandler<ServiceTask> {

  @Override
  protected Class<? extends BaseElement> getHandledType() {
    return ServiceTask.class;
  }

  @Override
  protected void executeParse(BpmnParse parse, ServiceTask task) {
    for (FieldExtension field : task.getFieldExtensions()) {
      if (TranslateProcess.WORK.equals(field.getFieldName())) {
        task.setBehavior(new AskTwinflow(field.getStringValue()));
        return;
      }
    }
    throw new IllegalStateException("the service task " + task.getId() + " was not made by us");
  }
}
