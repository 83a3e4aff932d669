package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.display.StateWords;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.Outline;
import io.twinflow.engine.core.view.RunProgress;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of the list of runs.
 *
 * @param snapshot null if the journal cannot be read
 * @param trouble why it cannot
 */
record RunListing(
    RunId run, String state, @Nullable RunSnapshot snapshot, String trouble, boolean isAlive) {

  private static final String INTERRUPTED = "interrupted";

  /** Reads no more of a run than its beginning and its end, unless it goes on now. */
  static RunListing of(Engine engine, RunId run) {
    RunProgress progress = new RunProgress(Outline.UNKNOWN);
    boolean alive = false;
    try {
      alive = engine.storage().isHeld(run);
      if (alive) {
        engine.read(run, progress);
      } else {
        engine.readEnds(run, progress);
      }
    } catch (FailureException e) {
      return new RunListing(run, "unreadable", null, Words.harmless(e.failure().message()), alive);
    }
    RunSnapshot snapshot = progress.snapshot();
    boolean open = !snapshot.state().isTerminal();
    return new RunListing(
        run, open && !alive ? INTERRUPTED : StateWords.of(snapshot.state()), snapshot, "", alive);
  }

  static String labels(RunSnapshot run) {
    return new TreeMap<>(run.labels())
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(" "));
  }

  static String json(List<RunListing> listings) {
    List<Value> all = new ArrayList<>();
    for (RunListing listing : listings) {
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put("run", new StringValue(listing.run().value()));
      fields.put("state", new StringValue(listing.state()));
      RunSnapshot run = listing.snapshot();
      if (run == null) {
        fields.put("trouble", new StringValue(listing.trouble()));
      } else {
        fields.putAll(RunJson.head(run).fields());
        fields.put("state", new StringValue(listing.state()));
      }
      all.add(new RecordValue(fields));
    }
    return ValueJson.writePretty(new ListValue(all));
  }
}
