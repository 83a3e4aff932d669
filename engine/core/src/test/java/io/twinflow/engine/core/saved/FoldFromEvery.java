package io.twinflow.engine.core.saved;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.FoldState;
import io.twinflow.engine.core.fold.OpenScope;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.plan.Plan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A fold that was saved after any event and goes on from there is the fold of all events. */
public final class FoldFromEvery {

  private FoldFromEvery() {}

  /** How many events there were. */
  public static int event(JournalStore store, RunId run, Plan plan) throws IOException {
    List<Envelope> events = new ArrayList<>();
    store.read(run, 0, events::add);
    Payloads payloads = new Payloads(store.blobs(run));
    List<RunFold> restored = new ArrayList<>();
    for (int k = 1; k <= events.size(); k++) {
      Envelope event = events.get(k - 1);
      restored.forEach(fold -> fold.apply(event));
      RunFold whole = new RunFold(plan, payloads::load);
      events.subList(0, k).forEach(whole::apply);
      if (whole.ended() != null) {
        assertThat(restored).allSatisfy(fold -> assertThat(fold.ended()).isEqualTo(whole.ended()));
      } else {
        FoldState state = whole.save();
        assertThat(restored).allSatisfy(fold -> assertThat(fold.save()).isEqualTo(state));
        RunFold made = new RunFold(plan, payloads::load, writtenAndRead(run, state));
        assertThat(made.save()).as("after event %d", k).isEqualTo(state);
        assertThat(complete(made)).as("complete after event %d", k).isEqualTo(complete(whole));
        assertThat(ready(made)).as("ready after event %d", k).isEqualTo(ready(whole));
        restored.add(made);
      }
    }
    return events.size();
  }

  private static FoldState writtenAndRead(RunId run, FoldState state) throws IOException {
    SavedFold form = new SavedFold(run, "test");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    form.write(state, out);
    return form.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static List<Long> complete(RunFold fold) {
    return fold.complete().stream().map(OpenScope::number).sorted().toList();
  }

  private static Set<String> ready(RunFold fold) {
    return fold.takeReady().stream()
        .map(step -> step.scope().number() + "/" + step.step().name())
        .collect(Collectors.toSet());
  }
}
