package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.results.MediaTypes;
import io.twinflow.engine.server.results.OutputBytes;
import io.twinflow.engine.server.results.OutputLinks;
import io.twinflow.engine.server.results.OutputPath;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results as one JSON object: values as they are, files as links or with their contents, which go
 * from the disk to the client without standing in memory. Part 1, schema "results".
 */
@Component
class ResultDocument {

  private final OutputBytes bytes;
  private final JsonMapper json;

  ResultDocument(OutputBytes bytes, JsonMapper json) {
    this.bytes = bytes;
    this.json = json;
  }

  static String url(Base base, String job, OutputPath path) {
    return base.job(job) + "/results/" + path.encoded();
  }

  /**
   * @param inlined whether the files of an output stand in the document
   */
  void write(
      Base base,
      String job,
      List<String> names,
      RecordValue outputs,
      Predicate<String> inlined,
      OutputStream out)
      throws IOException {
    JsonGenerator to = json.createGenerator(out);
    to.writeStartObject();
    for (String name : names) {
      Writing writing = new Writing(base, job, inlined.test(name), to);
      to.writeName(name);
      writing.top(outputs.get(name), OutputPath.of(name));
    }
    to.writeEndObject();
    // Not closed when something fails: half a document must not look like a whole one.
    to.close();
  }

  private final class Writing {
    private final Base base;
    private final String job;
    private final boolean inlined;
    private final JsonGenerator to;

    Writing(Base base, String job, boolean inlined, JsonGenerator to) {
      this.base = base;
      this.job = job;
      this.inlined = inlined;
      this.to = to;
    }

    /** An object would be taken for a link or a qualified value, so it is one. */
    void top(Value value, OutputPath path) throws IOException {
      if (value instanceof RecordValue record && !BoundingBox.isOne(record)) {
        to.writeStartObject();
        to.writeName("value");
        any(record, path);
        to.writeStringProperty("mediaType", MediaType.APPLICATION_JSON_VALUE);
        to.writeEndObject();
      } else {
        any(value, path);
      }
    }

    private void any(Value value, OutputPath path) throws IOException {
      switch (value) {
        case FileValue file -> file(file, path);
        case DirectoryValue folder ->
            link(url(base, job, path), "application/zip", folder.basename());
        case ListValue list -> {
          to.writeStartArray();
          for (int i = 0; i < list.items().size(); i++) {
            any(list.items().get(i), path.child(i));
          }
          to.writeEndArray();
        }
        case RecordValue record -> {
          to.writeStartObject();
          for (Map.Entry<String, Value> field : record.fields().entrySet()) {
            to.writeName(field.getKey());
            any(field.getValue(), path.child(field.getKey()));
          }
          to.writeEndObject();
        }
        case NullValue _, BooleanValue _, IntegerValue _, DecimalValue _, StringValue _ ->
            to.writeRawValue(ValueJson.write(value));
      }
    }

    private void file(FileValue file, OutputPath path) throws IOException {
      MediaType type = MediaTypes.of(file);
      String location = file.location();
      if (location != null && OutputLinks.isElsewhere(file)) {
        link(location, type.toString(), file.basename());
        return;
      }
      if (!inlined) {
        link(url(base, job, path), type.toString(), file.basename());
        return;
      }
      Resource contents = bytes.open(file);
      to.writeStartObject();
      to.writeName("value");
      try (InputStream in = contents.getInputStream()) {
        if (MediaTypes.isText(type)) {
          Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
          to.writeString(text, -1);
        } else {
          to.writeBinary(in, (int) Math.min(contents.contentLength(), Integer.MAX_VALUE));
        }
      }
      to.writeStringProperty("mediaType", type.toString());
      if (!MediaTypes.isText(type)) {
        to.writeStringProperty("encoding", "base64");
      }
      to.writeEndObject();
    }

    private void link(String href, String type, @Nullable String title) {
      to.writeStartObject();
      to.writeStringProperty("href", href);
      to.writeStringProperty("type", type);
      to.writeStringProperty("rel", "item");
      if (title != null) {
        to.writeStringProperty("title", title);
      }
      to.writeEndObject();
    }
  }
}
