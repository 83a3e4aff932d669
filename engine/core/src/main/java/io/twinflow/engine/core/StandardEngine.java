package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.fold.CannotFoldException;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.Blobs;
import io.twinflow.engine.core.journal.FileJournalStore;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.plan.Plan;
import io.twinflow.engine.core.run.Ledger;
import io.twinflow.engine.core.run.RunLoop;
import io.twinflow.engine.core.run.RunSetting;
import io.twinflow.engine.core.secret.FileSecretStore;
import io.twinflow.engine.core.secret.HideInputs;
import io.twinflow.engine.core.secret.SecretInputs;
import io.twinflow.engine.core.secret.SecretStore;
import io.twinflow.engine.core.secret.Secrets;
import io.twinflow.engine.core.site.Sites;
import io.twinflow.engine.core.turns.Turns;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.LogStream;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The engine of one process, with its journals in the home's folder. */
final class StandardEngine implements Engine {

  private static final long MAKER = 0;
  private static final Duration TIDYING = Duration.ofSeconds(20);

  private final EngineConfig config;
  private final Home home;
  private final JournalStore store;
  private final BeginJournal begin;
  private final SecretStore secrets;
  private final Sites sites;
  private final AttemptSites attemptSites;
  private final ExecutorService cpu;
  private final RunningRuns running = new RunningRuns();
  private final PinnedPlans plans;
  private final TakeUp takeUp;
  private final Requests requests;
  private final PassOnRequests asked;

  StandardEngine(EngineConfig config, Home home) {
    this(config, home, new FileJournalStore(home.runs()));
  }

  StandardEngine(EngineConfig config, Home home, JournalStore store) {
    this.config = config;
    this.home = home;
    this.store = store;
    this.begin = new BeginJournal(store);
    this.plans = new PinnedPlans(store, config.definitions());
    this.takeUp = new TakeUp(store, plans, config.saving());
    this.requests = new Requests(home.runs());
    this.asked = new PassOnRequests(requests);
    this.secrets = new FileSecretStore(home.runs(), home.secretKey());
    this.sites = Sites.of(config.sites());
    sites.start();
    this.attemptSites = new AttemptSites(store, sites);
    this.cpu = config.evaluator().waits() ? Executors.newVirtualThreadPerTaskExecutor() : compute();
  }

  private static ExecutorService compute() {
    return Executors.newFixedThreadPool(
        Runtime.getRuntime().availableProcessors(),
        Thread.ofPlatform().daemon().name("compute-", 0).factory());
  }

  @Override
  public RunId submit(RunRequest request) throws FailureException {
    sites.check(request.options());
    Plan plan = Plan.of(request.workflow());
    if (request.continues().isPresent()) {
      Continuable.check(this, request.continues().get(), plan);
    }
    CwlProcess process = request.workflow().process();
    RecordValue inputs =
        config
            .tools()
            .resolve(
                process.inputs(),
                process.header().requirements(),
                request.workflow().ontology(),
                request.inputs());
    Optional<RunId> continued = request.continues();
    HideInputs hiding =
        new HideInputs(continued.isPresent() ? secrets(continued.get()) : Secrets.NONE);
    RecordValue hidden = hiding.hide(process.inputs(), SecretInputs.of(plan.root()), inputs);
    RunId run = request.id().orElseGet(home::newRun);
    try {
      Optional<Journal> journal = begin.of(run, request);
      if (journal.isEmpty()) {
        return run;
      }
      try (Journal open = journal.get()) {
        make(run, open, request, plan, hiding, hidden);
      }
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
    plans.remember(plan);
    return run;
  }

  private void make(
      RunId run,
      Journal journal,
      RunRequest request,
      Plan plan,
      HideInputs hiding,
      RecordValue inputs)
      throws FailureException, IOException {
    Blobs blobs = store.blobs(run);
    blobs.put(request.workflow().pinned());
    secrets.save(run, hiding.secrets());
    Payloads payloads = new Payloads(blobs);
    RunFold fold = new RunFold(plan, payloads::load);
    Ledger ledger =
        new Ledger(run, journal, fold, MAKER, config.clock(), Instance.version(), envelope -> {});
    ledger.emit(
        request.subject(),
        new Event.RunCreated(
            request.subject(),
            request.name().orElse(request.workflow().process().header().name()),
            request.workflow().version(),
            plan.version(),
            payloads.store(inputs),
            request.options(),
            request.labels(),
            request.continues()));
    ledger.commit();
  }

  @Override
  public RunId newRunId() {
    return home.newRun();
  }

  @Override
  public RunOutcome execute(RunId run, Consumer<Envelope> listener)
      throws FailureException, InterruptedException {
    return execute(run, (journal, payloads) -> takeUp.told(run, journal, payloads, listener));
  }

  @Override
  public RunOutcome execute(RunId run, Follower follower)
      throws FailureException, InterruptedException {
    return execute(run, (journal, payloads) -> takeUp.followed(run, journal, payloads, follower));
  }

  private interface Beginning {
    TakenUp of(Journal journal, Payloads payloads) throws FailureException, IOException;
  }

  private RunOutcome execute(RunId run, Beginning beginning)
      throws FailureException, InterruptedException {
    try (RunningRuns.Visit _ = running.begin(run);
        Journal journal = store.open(run, Instance.ofThisProcess());
        RunningRuns.Place place = running.enter(run)) {
      Payloads payloads = new Payloads(store.blobs(run));
      TakenUp taken = beginning.of(journal, payloads);
      if (taken.fold().ended() == null) {
        carryOn(run, journal, place, taken, payloads);
      } else {
        taken.keep().ifPresent(keep -> keep.close(true));
      }
      return outcome(taken.fold(), payloads);
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    } catch (UncheckedIOException e) {
      throw RunFailures.of(run, e.getCause());
    } catch (CannotFoldException e) {
      throw RunFailures.parked(run, e);
    }
  }

  private void carryOn(
      RunId run, Journal journal, RunningRuns.Place place, TakenUp taken, Payloads payloads)
      throws FailureException, InterruptedException, IOException {
    RunFold fold = taken.fold();
    long epoch = fold.epoch() + 1;
    Ledger ledger =
        new Ledger(run, journal, fold, epoch, config.clock(), Instance.version(), taken.listener());
    ledger.emit("engine", new Event.RunOwned(epoch, Instance.ofThisProcess()));
    Secrets known = secrets(run);
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    boolean done = false;
    try {
      RunLoop loop =
          new RunLoop(
              new RunSetting(
                  run,
                  home.installation(),
                  sites,
                  config.tools().ofRun(run, fold.created().subject()),
                  config.evaluator(),
                  payloads,
                  known,
                  new FindShortcuts(config, home, store).of(run, fold, ledger),
                  config.retries(),
                  config.clock(),
                  (f, written) -> taken.keep().ifPresent(keep -> keep.at(f, written)),
                  cpu,
                  blocking),
              fold,
              ledger);
      place.holds(loop);
      try (PassOnRequests.Watch _ = asked.watch(run, loop)) {
        loop.run();
      }
      done = true;
    } finally {
      sites.forget(run.value());
      boolean ended = done;
      taken.keep().ifPresent(keep -> keep.close(ended));
      finish(blocking, done);
    }
  }

  /** Tidying up may take a moment; a site that does not answer may not keep a run from its end. */
  private static void finish(ExecutorService blocking, boolean done) throws InterruptedException {
    if (!done) {
      blocking.shutdownNow();
    }
    blocking.shutdown();
    if (!blocking.awaitTermination(TIDYING.toSeconds(), TimeUnit.SECONDS)) {
      blocking.shutdownNow();
    }
  }

  @Override
  public Secrets secrets(RunId run) throws FailureException {
    try {
      return secrets.load(run);
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
  }

  private static RunOutcome outcome(RunFold fold, Payloads payloads) {
    Event.RunEnded ended = fold.ended();
    if (ended == null) {
      throw new IllegalStateException("a run that was carried on has no end");
    }
    return new RunOutcome(
        ended.state(), payloads.load(ended.outputs()), Optional.ofNullable(ended.failure()));
  }

  @Override
  public Turns turns() {
    return sites.turns();
  }

  @Override
  public Optional<String> waitsFor(RunId run, long task, int attempt) {
    try {
      return attemptSites
          .of(run, task, attempt)
          .executor()
          .waitsFor(new AttemptKey(home.installation(), run.value(), task, attempt));
    } catch (IOException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public void cancel(RunId run, String reason) {
    running.ask(run, loop -> loop.cancel(reason));
  }

  @Override
  public void pause(RunId run) {
    running.ask(run, RunLoop::pause);
  }

  @Override
  public void proceed(RunId run) {
    running.ask(run, RunLoop::proceed);
  }

  @Override
  public void ask(RunId run, Request request) throws FailureException {
    if (running.ask(run, loop -> PassOnRequests.tell(request, loop))) {
      return;
    }
    try {
      if (store.isHeld(run)) {
        requests.add(run, request);
      }
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
  }

  @Override
  public List<RunId> runs() {
    try {
      return store.runs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(RunId run, Consumer<Envelope> reader) throws FailureException {
    try {
      store.read(run, 0, reader);
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
  }

  @Override
  public void readEnds(RunId run, Consumer<Envelope> reader) throws FailureException {
    try {
      store.readEnds(run, reader);
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
  }

  @Override
  public InputStream log(RunId run, long task, int attempt, LogStream stream) throws IOException {
    return attemptSites
        .of(run, task, attempt)
        .executor()
        .log(new AttemptKey(home.installation(), run.value(), task, attempt), stream);
  }

  @Override
  public Storage storage() {
    return new HomeStorage(home, store);
  }

  @Override
  public RecordValue value(RunId run, Payload payload) throws FailureException {
    try {
      return new Payloads(store.blobs(run)).load(payload);
    } catch (UncheckedIOException e) {
      throw RunFailures.of(run, e.getCause());
    }
  }

  @Override
  public WorkflowDocument definition(RunId run) throws FailureException {
    try {
      return plans.of(run).document();
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
  }

  @Override
  public void close() {
    running.stop(TIDYING);
    asked.close();
    sites.close();
    cpu.shutdownNow();
  }
}
