package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.FormField;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * BPMN processes on one database, which any number of servers share. Flowable's tables are the
 * truth about a process. Flowable is started by the first call that needs it, so a server without
 * processes neither has its tables nor its threads. Every method may be called by any thread, and
 * again after a crash: what it has done is not done twice.
 */
public final class Processes implements AutoCloseable {

  private final DataSource database;
  private final BpmnSettings settings;
  private final Runnable bell;
  private final FindForm forms = new FindForm();
  private @Nullable Flowable flowable;
  private boolean closed;

  /**
   * @param database without a pool, as {@code RunningPostgres} gives it: processes have a pool of
   *     their own, so that they do not take the connections of runs
   */
  public Processes(DataSource database, BpmnSettings settings) {
    this(database, settings, () -> {});
  }

  /**
   * @param bell rung after each commit here that has something to tell or to ask for
   */
  public Processes(DataSource database, BpmnSettings settings, Runnable bell) {
    this.database = database;
    this.settings = settings;
    this.bell = bell;
  }

  /** Makes the tables of processes in a database, to be filled with what was kept of others. */
  public static void makeTables(DataSource database) throws IOException {
    Flowable.start(database, BpmnSettings.STANDARD, () -> {}).close();
  }

  /**
   * Starts Flowable if processes were ever deployed here, for their timers. To be called when a
   * server starts; costs one query where there are none.
   *
   * @return whether it runs now
   */
  public boolean startIfUsed() throws IOException {
    boolean used = isUsed();
    if (used) {
      flowable();
    }
    return used;
  }

  /** Whether processes were ever deployed here. */
  public boolean isUsed() throws IOException {
    return isStarted()
        || new Sql(database)
            .list("SELECT to_regclass('bpmn.definition') IS NOT NULL", row -> row.getBoolean(1))
            .getFirst();
  }

  /** Whether Flowable runs in this server. */
  public synchronized boolean isStarted() {
    return flowable != null;
  }

  /**
   * Deploys a checked document; the same content is deployed once for a tenant, whoever asks.
   *
   * @param bytes what the document was read from
   * @return its digest, which starts name
   */
  public String deploy(String tenant, BpmnDocument document, byte[] bytes) throws IOException {
    return with(flowable -> new DeployDocument(flowable).deploy(tenant, document, bytes));
  }

  /**
   * Starts an instance, once for each key.
   *
   * @param digest of a deployed document
   * @param process the id of one of its processes
   * @param key of the caller's; with a key that was there before, the instance of then is returned
   * @return the instance
   */
  public String start(String tenant, String digest, String process, String key, RecordValue inputs)
      throws IOException, ProcessException {
    String instance = UUID.randomUUID().toString();
    return with(flowable ->
        new StartProcess(flowable).start(tenant, digest, process, key, instance, "", inputs));
  }

  /**
   * Starts the instance of a run, once, and under the run's name; what happens in it is told.
   *
   * @param subject whose it is
   */
  public void startRun(
      String tenant, String digest, String process, String run, String subject, RecordValue inputs)
      throws IOException, ProcessException {
    with(flowable ->
        new StartProcess(flowable).start(tenant, digest, process, run, run, subject, inputs));
  }

  /** What happened and was not told, by instance and number. */
  public List<News> news(int most) throws IOException {
    return new ReadNews(new Sql(flowable().pool())).next(most);
  }

  /** The news of an instance up to a number were told. */
  public void told(String instance, long number) throws IOException {
    new ReadNews(new Sql(flowable().pool())).told(instance, number);
  }

  /** What is asked for and was not said to be under way, the oldest first. */
  public List<Asked> asked(int most) throws IOException {
    return outbox().open(most);
  }

  /**
   * Writes down what work is called where it is done, before it is begun, so that it is begun once.
   *
   * @return its name: an earlier one, if there is one
   */
  public String name(UUID id, String proposed) throws IOException {
    return with(flowable -> new NameWork(flowable).name(id, proposed));
  }

  /** It could not be begun, and is asked for again after a pause. */
  public void again(UUID id, Duration pause) throws IOException {
    outbox().again(id, pause);
  }

  /** Takes it for a while; whoever is then not done with it does it again. */
  public void hold(UUID id, Duration pause) throws IOException {
    outbox().hold(id, pause);
  }

  /** Notes that work is under way; says nothing about how it ends. */
  public void taken(UUID id) throws IOException {
    outbox().taken(id);
  }

  /** Work that is under way and that nobody waits for any more, because its process went on. */
  public List<Asked> withdrawn(int most) throws IOException {
    return outbox().withdrawn(most);
  }

  /** Lets a process go on with the answer to what it asked; the first answer counts. */
  public Answered resume(UUID id, Answer answer) throws IOException, ProcessException {
    return with(flowable -> new GiveAnswer(flowable).give(id, answer));
  }

  /** The open tasks of a tenant, in the order of the filter. */
  public List<UserTask> tasks(String tenant, TaskFilter filter) throws IOException {
    return new ReadTasks(new Sql(flowable().pool())).list(tenant, filter);
  }

  /** Tasks of which it was not told that they are overdue. */
  public List<Overdue> overdue(int most) throws IOException {
    return new TellOverdue(flowable()).next(most);
  }

  /** Tells it, once. */
  public void tellOverdue(Overdue task) throws IOException {
    with(flowable -> new TellOverdue(flowable).tell(task));
  }

  /** Empty if it is not open. */
  public Optional<UserTask> task(String tenant, String task) throws IOException {
    return new ReadTasks(new Sql(flowable().pool())).find(tenant, task);
  }

  /** What a task asks for. */
  public List<FormField> form(String tenant, UserTask task) throws IOException {
    return forms.of(new Sql(flowable().pool()), tenant, task);
  }

  /**
   * Takes a task for a person; the same person may do so again.
   *
   * @throws ProcessException if somebody else has it
   */
  public void claim(String tenant, String task, String user) throws IOException, ProcessException {
    with(flowable -> new OpenTasks(flowable).claim(tenant, task, user));
  }

  /**
   * Gives a task back, so that another may take it.
   *
   * @throws ProcessException if somebody else has it
   */
  public void unclaim(String tenant, String task, String user)
      throws IOException, ProcessException {
    with(flowable -> new OpenTasks(flowable).unclaim(tenant, task, user));
  }

  /**
   * Ends a task with what was filled in. Whether the person is one of the candidates is for the
   * caller to look at, who knows the groups.
   *
   * @throws ProcessException if it is not there, or somebody else has it
   */
  public void complete(String tenant, String task, String user, RecordValue values)
      throws IOException, ProcessException {
    with(flowable -> new OpenTasks(flowable).complete(tenant, task, user, values));
  }

  /**
   * Gives a message to an instance that waits for it.
   *
   * @throws ProcessException if it does not wait for such a message
   */
  public void message(String tenant, String instance, String name, RecordValue values)
      throws IOException, ProcessException {
    with(flowable -> new TellProcesses(flowable).message(tenant, instance, name, values));
  }

  /**
   * Gives a message, once for each key, to a process that waits for it.
   *
   * @param key of the caller's
   * @return the instance that has got it, now or before; empty if none waits for it
   */
  public Optional<String> deliver(String key, Addressee to, String name, RecordValue values)
      throws IOException, ProcessException {
    return with(flowable -> new DeliverMessage(flowable).deliver(key, to, name, values));
  }

  /**
   * Gives a signal to each process that listens for it; that none does is no mistake. What a
   * process cannot do with it is its own trouble.
   *
   * @param key of the caller's, with which each gets it once; null if it is not given again
   * @param subject whose processes; null for those of all
   * @return how many processes have got it, now or before
   */
  public int signal(
      @Nullable String key,
      String tenant,
      @Nullable String subject,
      String name,
      RecordValue values)
      throws IOException {
    return with(flowable ->
        new GiveSignal(flowable).give(key, new Listeners(tenant, subject, name), values));
  }

  /**
   * Ends an instance. What it has asked for is withdrawn.
   *
   * @param user who wants that
   * @return whether it was running
   */
  public boolean cancel(String tenant, String instance, String user, String reason)
      throws IOException, ProcessException {
    return with(flowable -> new EndProcess(flowable).cancel(tenant, instance, user, reason));
  }

  /**
   * Takes away all that is kept of an instance that has ended.
   *
   * @return false if there is none
   */
  public boolean forget(String tenant, String instance) throws IOException {
    return with(flowable -> new ForgetInstance(flowable).forget(tenant, instance));
  }

  /** Empty if the tenant has no such instance. */
  public Optional<ProcessState> state(String tenant, String instance) throws IOException {
    return with(flowable -> new LookUp(flowable).state(tenant, instance));
  }

  /** The variables of an instance, also when it has ended. */
  public RecordValue variables(String tenant, String instance)
      throws IOException, ProcessException {
    return with(flowable -> {
      LookUp lookUp = new LookUp(flowable);
      if (lookUp.state(tenant, instance).isEmpty()) {
        throw new ProcessException(Reason.UNKNOWN, "there is no process instance " + instance);
      }
      return lookUp.variables(instance);
    });
  }

  /** Processes that a timer or a signal has failed to move on, several times. */
  public List<Stuck> stuck(String tenant) throws IOException {
    return with(flowable -> new StuckJobs(flowable).list(tenant));
  }

  /**
   * Tries again what an instance is stuck at.
   *
   * @return whether it was stuck
   */
  public boolean retry(String tenant, String instance) throws IOException {
    return with(flowable -> new StuckJobs(flowable).retry(tenant, instance));
  }

  private ReadOutbox outbox() throws IOException {
    return new ReadOutbox(new Sql(flowable().pool()));
  }

  /** What is done with Flowable, and what may be wrong with the request. */
  private interface Use<T, X extends Exception> {
    T of(Flowable flowable) throws X;
  }

  /** What the database says reaches the caller as such, however deep Flowable has wrapped it. */
  private <T, X extends Exception> T with(Use<T, X> use) throws IOException, X {
    Flowable started = flowable();
    try {
      return use.of(started);
    } catch (RuntimeException e) {
      Optional<SQLException> said = Sqls.said(e);
      if (said.isPresent()) {
        throw new IOException("the database: " + said.get().getMessage(), e);
      }
      throw e;
    }
  }

  private synchronized Flowable flowable() throws IOException {
    if (closed) {
      throw new IOException("this server is stopping");
    }
    if (flowable == null) {
      flowable = Flowable.start(database, settings, bell);
    }
    return flowable;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (flowable != null) {
      flowable.close();
      flowable = null;
    }
  }
}
