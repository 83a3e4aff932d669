package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.NamedFiles;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.SourceFetcher;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A workflow that is checked here and sent to a server with every document that it reads. */
public final class Submission {

  private static final String PLACE = "/api/v1/runs";

  private final String workflow;
  private final Path cwd;
  private final Set<Path> documents = new LinkedHashSet<>();
  private final WorkflowDocument document;

  /**
   * @param workflow a path or URL, with {@code #name} for one process of several
   */
  public Submission(String workflow, Path cwd) throws InvalidDefinitionException {
    this.workflow = workflow;
    this.cwd = cwd;
    SourceFetcher reader = SourceFetcher.ofFilesAndHttp();
    this.document =
        CwlLoader.load(
            workflow,
            LoadOptions.defaults()
                .withWorkingFolder(cwd)
                .withFetcher((iri, display, limits) -> {
                  byte[] bytes = reader.fetch(iri, display, limits);
                  if (Iri.isFile(iri)) {
                    documents.add(Iri.toPath(Iri.withoutFragment(iri)));
                  }
                  return bytes;
                }));
  }

  public WorkflowDocument document() {
    return document;
  }

  /** The id of the run. */
  public String send(
      Connection server, RecordValue inputs, Map<String, String> labels, RunOptions options)
      throws CliException, InterruptedException {
    Form form = new Form();
    Package all = new Package(form);
    form.text("workflow", main(all));
    form.text("inputs", ValueJson.write(all.input(inputs)));
    form.text("labels", ValueJson.write(texts(labels)));
    form.text("options", ValueJson.write(json(options)));
    return RemoteRun.text(server.post(PLACE, form.contentType(), form.body()), "id");
  }

  private static RecordValue json(RunOptions options) {
    RecordValue retries = RecordValue.EMPTY;
    for (Map.Entry<FailureKind, Integer> retry : options.retries().entrySet()) {
      retries = retries.with(lower(retry.getKey()), new IntegerValue(retry.getValue()));
    }
    return RecordValue.EMPTY
        .with("onError", new StringValue(lower(options.onError())))
        .with("useCache", BooleanValue.of(options.useCache()))
        .with("retries", retries)
        .with("temporaryFailRetries", new IntegerValue(options.temporaryFailRetries()))
        .with("priority", new IntegerValue(options.priority()))
        .with("sites", texts(options.sites()));
  }

  private static RecordValue texts(Map<String, String> pairs) {
    Map<String, Value> texts = new LinkedHashMap<>();
    pairs.forEach((key, value) -> texts.put(key, new StringValue(value)));
    return new RecordValue(texts);
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private String main(Package all) throws CliException {
    if (workflow.startsWith("http://") || workflow.startsWith("https://")) {
      return workflow;
    }
    int hash = workflow.indexOf('#');
    String file = hash < 0 ? workflow : workflow.substring(0, hash);
    String fragment = hash < 0 ? "" : workflow.substring(hash + 1);
    Path main = Iri.isFile(file) ? Iri.toPath(file) : cwd.resolve(file).normalize();
    return all.workflow(main, fragment, documents, NamedFiles.in(document.process()));
  }
}
