package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.SourceFetcher;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  public String send(Connection server, RecordValue inputs, Map<String, String> labels)
      throws CliException, InterruptedException {
    Form form = new Form();
    Package all = new Package(form);
    form.text("workflow", main(all));
    form.text("inputs", ValueJson.write(all.input(inputs)));
    Map<String, Value> texts = new LinkedHashMap<>();
    labels.forEach((key, value) -> texts.put(key, new StringValue(value)));
    form.text("labels", ValueJson.write(new RecordValue(texts)));
    return RemoteRun.text(server.post(PLACE, form.contentType(), form.body()), "id");
  }

  private String main(Package all) throws CliException {
    if (workflow.startsWith("http://") || workflow.startsWith("https://")) {
      return workflow;
    }
    int hash = workflow.indexOf('#');
    String file = hash < 0 ? workflow : workflow.substring(0, hash);
    String fragment = hash < 0 ? "" : workflow.substring(hash + 1);
    Path main = Iri.isFile(file) ? Iri.toPath(file) : cwd.resolve(file).normalize();
    return all.workflow(main, fragment, documents);
  }
}
