package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.workflowdefs.bpmn.FormInputs;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.WorkflowPart;
import io.twinflow.workflowdefs.cwl.check.CheckedInputs;
import io.twinflow.workflowdefs.cwl.check.InputObjectChecker;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.JobDocument;
import io.twinflow.workflowdefs.cwl.load.JobLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads workflows and inputs out of what was uploaded, and checks that they fit. */
@Component
public final class LoadSubmitted {

  private static final List<String> XML = List.of(".bpmn", ".dmn");
  private static final int LOOKED_AT = 512;

  private final MayRead mayRead;
  private final OutgoingUrls outgoing;

  LoadSubmitted(MayRead mayRead, OutgoingUrls outgoing) {
    this.mayRead = mayRead;
    this.outgoing = outgoing;
  }

  /**
   * @param place a path below the folder, or a URL, with {@code #name} for one process of several
   * @throws InvalidDefinitionException with every problem found
   */
  public WorkflowDocument workflow(Path folder, String place) throws InvalidDefinitionException {
    refuseDecision(folder, place);
    return CwlLoader.load(place, options(folder));
  }

  private static void refuseDecision(Path folder, String place) throws InvalidDefinitionException {
    String name = place.replaceFirst("#.*", "");
    // What names no file here is told by whoever loads it.
    if (name.indexOf(0) >= 0) {
      return;
    }
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (XmlRoot.isDmn(in)) {
        throw ServedDecision.notRun(place);
      }
    } catch (IOException e) {
      throw new InvalidDefinitionException(
          Problem.error(Position.startOf(place), "this cannot be read: " + e.getMessage()));
    }
  }

  /** What was uploaded, as far as it has to be read to tell what it is. */
  public Submission.Definition definition(Path folder, String place)
      throws InvalidDefinitionException, IOException {
    return switch (xml(folder, place).orElse(null)) {
      case null -> new Submission.Definition.Uploaded(place);
      case ServedProcess process ->
          new Submission.Definition.Bpmn(process.main().id(), process, Set.of());
      case ServedDecision decision -> throw ServedDecision.notRun(decision.document().source());
    };
  }

  /**
   * A process or a decision, if what lies there is one: XML, which no document in CWL is.
   *
   * @param place as for a workflow
   * @throws InvalidDefinitionException with every problem found
   */
  public Optional<ServedDocument> xml(Path folder, String place)
      throws InvalidDefinitionException, IOException {
    boolean url = place.startsWith("http://") || place.startsWith("https://");
    if (url && XML.stream().noneMatch(place::endsWith)) {
      return Optional.empty();
    }
    Path file = folder.resolve(place).normalize();
    if (!url && !(file.startsWith(folder) && Files.isRegularFile(file) && isXml(file))) {
      return Optional.empty();
    }
    byte[] bytes = url ? fetch(folder, place) : Files.readAllBytes(file);
    return Optional.of(ServedDocument.read(place, bytes));
  }

  private static boolean isXml(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8)
          .replace("\uFEFF", "")
          .stripLeading()
          .startsWith("<");
    }
  }

  /** All processes of a document that has several, and none of them is its main one. */
  public List<WorkflowPart> parts(Path folder, String place) throws InvalidDefinitionException {
    return CwlLoader.loadParts(place, options(folder));
  }

  /** What a URL that a user named leads to, if it may be read; bounded as a document is. */
  public byte[] fetch(Path folder, String url) throws InvalidDefinitionException {
    LoadOptions options = options(folder);
    return options.fetcher().fetch(url, url, options.limits());
  }

  /** What fits a run, with the workflow as the inputs may have changed it. */
  record Loaded(WorkflowDocument document, RecordValue inputs) {}

  Loaded load(Submission submission) throws InvalidDefinitionException, FailureException {
    Submission.Inputs wanted = submission.inputs();
    Optional<Submission.InputText> text = wanted.text();
    JobDocument job = text.isPresent() ? job(submission.folder(), text.get()) : null;
    WorkflowDocument document = document(submission, job);
    return new Loaded(document, inputs(submission, document.process(), job));
  }

  /** The inputs of a process in BPMN, which fit its form. */
  RecordValue inputs(Submission submission, ServedProcess process)
      throws InvalidDefinitionException, FailureException {
    Optional<Submission.InputText> text = submission.inputs().text();
    JobDocument job = text.isPresent() ? job(submission.folder(), text.get()) : null;
    refuseChanges(job);
    RecordValue inputs = inputs(submission, process.inputs(), job);
    FormInputs.checkDates(process.main().inputs(), inputs);
    return inputs;
  }

  private RecordValue inputs(Submission submission, CwlProcess process, @Nullable JobDocument job)
      throws InvalidDefinitionException, FailureException {
    Submission.Inputs wanted = submission.inputs();
    RecordValue inputs =
        job != null && wanted.given().isEmpty() && wanted.before().fields().isEmpty()
            ? InputObjectChecker.check(process, job).inputs()
            : merged(process, wanted, job);
    mayRead.check(submission, changed(inputs, wanted.before()));
    return inputs;
  }

  private JobDocument job(Path folder, Submission.InputText text)
      throws InvalidDefinitionException {
    LoadOptions options = options(folder);
    String iri = Iri.ofPath(folder.resolve(text.name()));
    return JobLoader.loadWithOverrides(
        text.name(), options.withFetcher(new TextFetcher(iri, text.text(), options.fetcher())));
  }

  private WorkflowDocument document(Submission submission, @Nullable JobDocument job)
      throws InvalidDefinitionException {
    return switch (submission.workflow()) {
      case Submission.Definition.Uploaded uploaded ->
          job != null && job.changesDefinition()
              ? CwlLoader.load(uploaded.place(), options(submission.folder()), job)
              : uploaded.loaded().isPresent()
                  ? uploaded.loaded().get()
                  : workflow(submission.folder(), uploaded.place());
      case Submission.Definition.Known known -> {
        refuseChanges(job);
        yield known.document();
      }
      case Submission.Definition.Bpmn bpmn ->
          throw new IllegalStateException(bpmn.name() + " is no workflow in CWL");
    };
  }

  private static void refuseChanges(@Nullable JobDocument job) throws InvalidDefinitionException {
    if (job != null && job.changesDefinition()) {
      throw new InvalidDefinitionException(
          Problem.error(
              job.inputs().position(),
              "\"cwl:requirements\" and \"cwltool:overrides\" change the workflow, and this one is kept as it is; send the workflow with the run to change it."));
    }
  }

  private static RecordValue merged(
      CwlProcess process, Submission.Inputs wanted, @Nullable JobDocument job)
      throws InvalidDefinitionException {
    Map<String, Value> values = new LinkedHashMap<>(wanted.before().fields());
    if (job != null) {
      job.problems().throwIfAny();
      values.putAll(job.values().fields());
    }
    values.putAll(wanted.given());
    values.values().removeIf(NullValue.NULL::equals);
    CheckedInputs checked =
        InputObjectChecker.check(
            process,
            new RecordValue(values),
            Position.startOf("inputs"),
            path -> place(String.valueOf(path.getFirst()), wanted, job));
    return checked.inputs();
  }

  private static Position place(String input, Submission.Inputs wanted, @Nullable JobDocument job) {
    MapNode.Entry entry = job == null ? null : job.inputs().entries().get(input);
    return entry == null || wanted.given().containsKey(input)
        ? Position.startOf(input)
        : entry.value().position();
  }

  /** What an earlier run had was looked at when that was made. */
  private static RecordValue changed(RecordValue inputs, RecordValue before) {
    Map<String, Value> changed = new LinkedHashMap<>(inputs.fields());
    changed
        .entrySet()
        .removeIf(input -> input.getValue().equals(before.fields().get(input.getKey())));
    return new RecordValue(changed);
  }

  private LoadOptions options(Path folder) {
    return LoadOptions.defaults()
        .withWorkingFolder(folder)
        .withFetcher(new UploadFetcher(mayRead.with(folder), outgoing));
  }
}
