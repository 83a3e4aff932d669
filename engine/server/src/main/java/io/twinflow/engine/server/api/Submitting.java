package io.twinflow.engine.server.api;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.runs.BadUploadException;
import io.twinflow.engine.server.runs.KeyRefusedException;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.SubmissionKeys;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.security.Priorities;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** From what was sent to a run: all of it, or nothing stays. */
@Component
class Submitting {

  private final Runs runs;
  private final Uploads uploads;
  private final SubmissionKeys keys;

  Submitting(Runs runs, Uploads uploads, SubmissionKeys keys) {
    this.runs = runs;
    this.uploads = uploads;
    this.keys = keys;
  }

  /** What was sent, in a folder of its own. */
  record Draft(Submission submission, String sha256) {}

  /** Puts what was sent into a folder. */
  @FunctionalInterface
  interface Drafting {
    Draft into(Path folder)
        throws IOException,
            BadRequestException,
            BadUploadException,
            InvalidDefinitionException,
            FailureException,
            NoSuchWorkflowException;
  }

  ResponseEntity<RunView> submit(Caller caller, @Nullable String key, Drafting drafting)
      throws IOException,
          BadRequestException,
          BadUploadException,
          InvalidDefinitionException,
          FailureException,
          KeyRefusedException,
          ConflictException,
          NoSuchRunException,
          NoSuchWorkflowException {
    Path folder = uploads.newFolder();
    boolean taken = false;
    try {
      Draft draft = drafting.into(folder);
      Priorities.check(caller, draft.submission().options());
      Optional<String> before =
          key == null ? Optional.empty() : keys.begin(caller, key, draft.sha256(), folder);
      if (before.isPresent()) {
        return again(caller, before.get());
      }
      taken = true;
      return submit(caller, key, draft.submission());
    } finally {
      if (!taken) {
        uploads.discard(folder);
      }
    }
  }

  private ResponseEntity<RunView> submit(Caller caller, @Nullable String key, Submission submission)
      throws InvalidDefinitionException, FailureException, NoSuchRunException {
    String run = null;
    try {
      run = runs.submit(submission).value();
    } finally {
      if (key != null && run == null) {
        keys.forget(caller, key, submission.folder());
      }
    }
    if (key != null) {
      keys.settle(caller, key, run);
    }
    return made(caller, run).body(RunView.of(runs.get(caller, run)));
  }

  private ResponseEntity<RunView> again(Caller caller, String run) throws ConflictException {
    try {
      RunView view = RunView.of(runs.get(caller, run));
      return made(caller, run).header("Idempotent-Replayed", "true").body(view);
    } catch (NoSuchRunException e) {
      throw new ConflictException(
          "this Idempotency-Key made the run %s, which was deleted; a new submission needs a new key"
              .formatted(run));
    }
  }

  static ResponseEntity.BodyBuilder made(Caller caller, String run) {
    return ResponseEntity.created(URI.create(Paths.run(run)));
  }
}
