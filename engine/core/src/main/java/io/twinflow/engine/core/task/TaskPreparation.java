package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.engine.core.site.SiteAsk;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an attempt of a tool that a site can run. A pure function of its arguments, apart from what
 * stands at the locations of the inputs. Safe for many threads.
 */
public final class TaskPreparation {

  private final Evaluator evaluator;
  private final ProcessInputs processInputs;
  private final BringNear near;
  private final ToolSettings settings;

  public TaskPreparation(Evaluator evaluator, ProcessInputs processInputs, ToolSettings settings) {
    this.evaluator = evaluator;
    this.processInputs = processInputs;
    this.near = new BringNear(processInputs.remote());
    this.settings = settings;
  }

  /** Named after the tool. */
  public PreparedTask prepare(
      PlannedTool tool,
      RecordValue inputs,
      AttemptKey attempt,
      Executor executor,
      Event.RunOptions options)
      throws FailureException {
    return prepare(
        tool,
        tool.tool().header().name(),
        inputs,
        attempt,
        ChooseSite.always(executor),
        options,
        Raised.NOT);
  }

  /**
   * @param name for people: the task's address in the run
   * @param inputs as the links gave them; with absolute locations
   * @param sites is asked once
   * @param raised what the tool gets, and is told as its {@code runtime}, beyond what it asks for
   * @throws FailureException of kind USER; code {@code requirement.container} if a container is
   *     required and there is none
   */
  public PreparedTask prepare(
      PlannedTool planned,
      String name,
      RecordValue inputs,
      AttemptKey attempt,
      ChooseSite sites,
      Event.RunOptions options,
      Raised raised)
      throws FailureException {
    CommandLineTool tool = planned.tool();
    Requirements requirements = planned.requirements();
    RecordValue resolved =
        processInputs.resolve(tool.inputs(), requirements, planned.ontology(), inputs);
    Scope located = Scope.of(evaluator, resolved, null, planned.expressionLib());
    ResourceRequest asked = new Resources(located).request(requirements);
    ResourceRequest resources =
        asked.with(Math.max(asked.memoryMiB(), raised.memoryMiB()), raised.time());
    ChooseSite.Chosen chosen =
        sites.of(new SiteAsk(name, requirements, resources, raised.reason(), resolved));
    Executor executor = chosen.executor();
    ContainerChoice choice =
        ContainerChoice.of(requirements, executor.capabilities(), options.containers());
    boolean inContainer = choice.container() != null;
    Layout layout = layout(executor.layout(attempt, inContainer), choice);
    RecordValue runtime = RuntimeObject.of(layout, resources);

    InputStaging inputStaging = new InputStaging(layout);
    RecordValue staged = inputStaging.stage(near.of(resolved, executor.capabilities().reaches()));
    Scope scope = located.withInputs(staged).withRuntime(runtime);
    WorkDir workDir = workDir(requirements, scope, layout, inContainer);
    RecordValue seen =
        workDir.moved().isEmpty() ? staged : FileWalk.map(staged, workDir.moved()::follow);
    scope = scope.withInputs(seen);

    boolean shell = requirements.find(Requirement.ShellCommand.class).isPresent();
    List<String> toolCommand = CommandLine.of(tool, seen, scope, shell);
    if (toolCommand.isEmpty() && !inContainer) {
      throw CommandLine.empty(tool);
    }
    List<String> command = launched(toolCommand, requirements, resources);
    Redirections streams = Redirections.of(tool, scope, layout.outdir());
    List<Staging> staging = new ArrayList<>(inputStaging.staging(workDir.movedInPlace()));
    staging.addAll(workDir.staging());
    List<String> notices = new ArrayList<>(choice.notices());
    notices.addAll(workDir.notices());
    notices.addAll(Notices.of(requirements));
    TaskSpec spec =
        new TaskSpec(
            attempt,
            name,
            command,
            Masking.mask(command, requirements, seen),
            ToolEnvironment.of(requirements, scope, layout, inContainer, settings.path()),
            streams.stdin(),
            streams.stdout(),
            streams.stderr(),
            layout,
            staging,
            resources,
            choice.container(),
            TaskRequirements.timeLimit(requirements, scope),
            TaskRequirements.networkAccess(requirements, scope),
            CollectGlobs.of(tool, scope));
    return new PreparedTask(spec, chosen, seen, runtime, notices);
  }

  private static Layout layout(Layout site, ContainerChoice choice) {
    return choice.outdir() == null
        ? site
        : new Layout(choice.outdir(), site.tmpdir(), site.inputs());
  }

  private static WorkDir workDir(
      Requirements requirements, Scope scope, Layout layout, boolean inContainer)
      throws FailureException {
    boolean required = requirements.requires(Requirement.Docker.class);
    boolean inPlace =
        requirements
            .find(Requirement.InplaceUpdate.class)
            .map(Requirement.InplaceUpdate::enabled)
            .orElse(false);
    WorkDir workDir =
        new WorkDir(scope, new EntryNames(layout.outdir(), inContainer && required), inPlace);
    Requirement.InitialWorkDir asked =
        requirements.find(Requirement.InitialWorkDir.class).orElse(null);
    if (asked != null) {
      workDir.add(asked);
    }
    return workDir;
  }

  private List<String> launched(
      List<String> command, Requirements requirements, ResourceRequest resources) {
    if (requirements.find(Requirement.Mpi.class).isEmpty()) {
      return command;
    }
    List<String> launched = new ArrayList<>();
    for (String word : settings.mpiLauncher()) {
      launched.add(word.replace("{n}", Integer.toString(resources.processes())));
    }
    launched.addAll(command);
    return launched;
  }
}
