package io.twinflow.engine.bpmn;

import org.flowable.bpmn.model.BaseElement;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.ServiceTask;
import org.flowable.engine.impl.bpmn.parser.BpmnParse;
import org.flowable.engine.impl.bpmn.parser.handler.AbstractActivityBpmnParseHandler;
import org.flowable.engine.impl.delegate.ActivityBehavior;
import org.jspecify.annotations.Nullable;

/** Gives every service task one of the behaviours there are, whatever its attributes say. */
final class ParseServiceTask extends AbstractActivityBpmnParseHandler<ServiceTask> {

  @Override
  protected Class<? extends BaseElement> getHandledType() {
    return ServiceTask.class;
  }

  @Override
  protected void executeParse(BpmnParse parse, ServiceTask task) {
    for (FieldExtension field : task.getFieldExtensions()) {
      ActivityBehavior behaviour = behaviour(field.getFieldName(), field.getStringValue());
      if (behaviour != null) {
        task.setBehavior(behaviour);
        return;
      }
    }
    throw new IllegalStateException("the service task " + task.getId() + " was not made by us");
  }

  private static @Nullable ActivityBehavior behaviour(String field, String value) {
    return switch (field) {
      case TranslateProcess.WORK -> new AskTwinflow(value);
      case TranslateUndoing.COMPLETED -> new NoteCompleted(value);
      case TranslateUndoing.HANDLERS -> new UndoNext(value);
      default -> null;
    };
  }
}
