package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
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
  private @Nullable Flowable flowable;
  private boolean closed;

  /**
   * @param database without a pool, as {@code RunningPostgres} gives it: processes have a pool of
   *     their own, so that they do not take the connections of runs
   */
  public Processes(DataSource database, BpmnSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * Starts Flowable if processes were ever deployed here, for their timers. To be called when a
   * server starts; costs one query where there are none.
   *
   * @return whether it runs now
   */
  public boolean startIfUsed() throws IOException {
    boolean used =
        new Sql(database)
            .list("SELECT to_regclass('bpmn.definition') IS NOT NULL", row -> row.getBoolean(1))
            .getFirst();
    if (used) {
      flowable();
    }
    return used;
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
    return new DeployDocument(flowable()).deploy(tenant, document, bytes);
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
    return new StartProcess(flowable()).start(tenant, digest, process, key, inputs);
  }

  /** What is asked for and was not said to be under way, the oldest first. */
  public List<Asked> asked(int most) throws IOException {
    return outbox().open(most);
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
    return new GiveAnswer(flowable()).give(id, answer);
  }

  /** The open tasks of a tenant, the oldest first. */
  public List<UserTask> tasks(String tenant, TaskFilter filter) throws IOException {
    return tasks().list(tenant, filter);
  }

  /**
   * Takes a task for a person; the same person may do so again.
   *
   * @throws ProcessException if somebody else has it
   */
  public void claim(String tenant, String task, String user) throws IOException, ProcessException {
    tasks().claim(tenant, task, user);
  }

  /**
   * Ends a task with what was filled in.
   *
   * @throws ProcessException if it is not there, or somebody else has it
   */
  public void complete(String tenant, String task, String user, RecordValue values)
      throws IOException, ProcessException {
    tasks().complete(tenant, task, user, values);
  }

  /**
   * Gives a message to an instance that waits for it.
   *
   * @throws ProcessException if it does not wait for such a message
   */
  public void message(String tenant, String instance, String name, RecordValue values)
      throws IOException, ProcessException {
    new TellProcesses(flowable()).message(tenant, instance, name, values);
  }

  /** Gives a signal to all who listen for it in a tenant; that nobody does is no mistake. */
  public void signal(String tenant, String name, RecordValue values)
      throws IOException, ProcessException {
    new TellProcesses(flowable()).signal(tenant, name, values);
  }

  /**
   * Ends an instance. What it has asked for is withdrawn.
   *
   * @return whether it was running
   */
  public boolean cancel(String tenant, String instance, String reason)
      throws IOException, ProcessException {
    return new EndProcess(flowable()).cancel(tenant, instance, reason);
  }

  /** Empty if the tenant has no such instance. */
  public Optional<ProcessState> state(String tenant, String instance) throws IOException {
    return new LookUp(flowable()).state(tenant, instance);
  }

  /** The variables of an instance, also when it has ended. */
  public RecordValue variables(String tenant, String instance)
      throws IOException, ProcessException {
    LookUp lookUp = new LookUp(flowable());
    if (lookUp.state(tenant, instance).isEmpty()) {
      throw new ProcessException(Reason.UNKNOWN, "there is no process instance " + instance);
    }
    return lookUp.variables(instance);
  }

  private ReadOutbox outbox() throws IOException {
    return new ReadOutbox(new Sql(flowable().pool()));
  }

  private OpenTasks tasks() throws IOException {
    return new OpenTasks(flowable());
  }

  private synchronized Flowable flowable() throws IOException {
    if (closed) {
      throw new IOException("this server is stopping");
    }
    if (flowable == null) {
      flowable = Flowable.start(database, settings);
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
