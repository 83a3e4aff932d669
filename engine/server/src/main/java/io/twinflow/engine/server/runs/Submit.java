package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.check.CheckedInputs;
import io.twinflow.workflowdefs.cwl.check.InputObjectChecker;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.JobDocument;
import io.twinflow.workflowdefs.cwl.load.JobLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import org.springframework.stereotype.Component;

/** Turns a submission into a run, which is durable when this returns. */
@Component
public final class Submit {

  private final Engine engine;
  private final RunPool pool;
  private final MayRead mayRead;
  private final OutgoingUrls outgoing;

  Submit(Engine engine, RunPool pool, MayRead mayRead, OutgoingUrls outgoing) {
    this.engine = engine;
    this.pool = pool;
    this.mayRead = mayRead;
    this.outgoing = outgoing;
  }

  /**
   * @throws InvalidDefinitionException if the workflow or its inputs are wrong, with every problem
   * @throws FailureException if inputs are missing or unreadable
   */
  public RunId submit(Submission submission) throws InvalidDefinitionException, FailureException {
    LoadOptions options =
        LoadOptions.defaults()
            .withWorkingFolder(submission.folder())
            .withFetcher(new UploadFetcher(mayRead.with(submission.folder()), outgoing));
    WorkflowDocument document = CwlLoader.load(submission.workflow(), options);
    JobDocument job = JobLoader.load(submission.inputs(), options);
    CheckedInputs inputs = InputObjectChecker.check(document.process(), job);
    mayRead.check(submission, inputs.inputs());
    RunId run =
        engine.submit(
            new Engine.RunRequest(
                submission.subject(),
                document,
                inputs.inputs(),
                submission.options(),
                submission.labels(),
                submission.continues()));
    pool.ring();
    return run;
  }
}
