package io.twinflow.engine.core.task;

import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CWL's {@code runtime} object. CommandLineTool v1.2, "Runtime environment". */
final class RuntimeObject {

  private RuntimeObject() {}

  /**
   * @param layout null for an expression tool, which has no folders
   */
  static RecordValue of(@Nullable Layout layout, ResourceRequest resources) {
    Map<String, Value> fields = new LinkedHashMap<>();
    if (layout != null) {
      fields.put("outdir", new StringValue(layout.outdir()));
      fields.put("tmpdir", new StringValue(layout.tmpdir()));
    }
    fields.put("cores", new IntegerValue(Math.max(1, (long) Math.ceil(resources.cores()))));
    fields.put("ram", new IntegerValue(resources.memoryMiB()));
    fields.put("outdirSize", new IntegerValue(resources.outdirMiB()));
    fields.put("tmpdirSize", new IntegerValue(resources.tmpdirMiB()));
    if (resources.gpus() > 0) {
      fields.put("cudaDeviceCount", new IntegerValue(resources.gpus()));
    }
    return new RecordValue(fields);
  }
}
