package io.twinflow.triggers.source.broker;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads from a broker: one thread connects, hands batches over one after the other,
 * and acknowledges each when it was taken. A batch that is not taken is tried again, before
 * anything that came after it; a connection that is lost is opened anew.
 */
public final class Receiver implements Source {

  private static final Logger LOG = System.getLogger(Receiver.class.getName());

  /** So often it looks whether it was closed, and whether a connection still stands. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final String name;
  private final Broker broker;
  private final Clock clock;
  private final Pauses pauses;
  private final Condition condition;

  /** Held while a batch is handed over and acknowledged, which closing does not break off. */
  private final ReentrantLock handing = new ReentrantLock();

  private volatile boolean closed;
  private @Nullable Thread thread;

  public Receiver(String name, Broker broker) {
    this(name, broker, Clock.systemUTC(), Thread::sleep);
  }

  Receiver(String name, Broker broker, Clock clock, Pauses pauses) {
    this.name = name;
    this.broker = broker;
    this.clock = clock;
    this.pauses = pauses;
    this.condition = new Condition(name, clock);
  }

  @Override
  public synchronized void start(Intake intake) {
    if (thread != null || closed) {
      throw new IllegalStateException("source %s was started or closed already".formatted(name));
    }
    condition.turn("connecting");
    // A virtual one leaves a connection attempt when it is interrupted; another sits it out.
    thread = Thread.ofVirtual().name("source " + name).start(() -> run(intake));
  }

  @Override
  public SourceState state() {
    return condition.now();
  }

  @Override
  public List<Finding> check() {
    return broker.check();
  }

  private void run(Intake intake) {
    try {
      connectUntilClosed(intake);
    } finally {
      if (!closed) {
        condition.become(
            false, "it ended, which it never should; the log of the server tells more");
      }
    }
  }

  private void connectUntilClosed(Intake intake) {
    Backoff tries = new Backoff();
    while (!closed) {
      long since = clock.millis();
      String trouble = connectAndReceive(intake);
      if (closed) {
        return;
      }
      condition.become(false, trouble);
      // One that was lost as soon as it stood is tried ever more seldom, like one that never did.
      if (clock.millis() - since > Backoff.LONGEST.toMillis()) {
        tries.reset();
      }
      try {
        pauses.pause(tries.next());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Returns why it has ended. */
  private String connectAndReceive(Intake intake) {
    try {
      Connection connection = broker.connect();
      try {
        receive(connection, intake);
        return "closed";
      } finally {
        // What was interrupted has ended; giving back may take its time.
        Thread.interrupted();
        connection.close();
      }
    } catch (InterruptedException e) {
      return "closed";
    } catch (Trouble e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.log(Level.ERROR, "source " + name + " failed in a way nobody thought of", e);
      }
      return "%s; the log of the server tells more".formatted(e);
    }
  }

  private void receive(Connection connection, Intake intake) throws Trouble, InterruptedException {
    while (!closed) {
      tell(connection, null);
      List<Message> messages = connection.receive(LOOK);
      if (!messages.isEmpty()) {
        handUntilTaken(messages, connection, intake);
      }
    }
  }

  /** The broker's trouble comes before the intake's. */
  private void tell(Connection connection, @Nullable String ofTheIntake) {
    String trouble = connection.trouble();
    condition.lags(connection.lag());
    condition.become(trouble == null, trouble == null ? ofTheIntake : trouble);
  }

  private void handUntilTaken(List<Message> messages, Connection connection, Intake intake)
      throws Trouble, InterruptedException {
    Backoff tries = new Backoff();
    while (!taken(messages, connection, intake)) {
      Duration left = tries.next();
      while (left.isPositive()) {
        Duration now = left.compareTo(LOOK) < 0 ? left : LOOK;
        pauses.pause(now);
        connection.hold();
        left = left.minus(now);
      }
    }
  }

  private boolean taken(List<Message> messages, Connection connection, Intake intake)
      throws Trouble, InterruptedException {
    handing.lockInterruptibly();
    try {
      if (closed) {
        throw new InterruptedException();
      }
      intake.take(messages);
      condition.took(messages.size());
      connection.acknowledge();
      return true;
    } catch (Trouble e) {
      throw e;
    } catch (IOException e) {
      tell(
          connection,
          "%d messages wait until they can be kept: %s".formatted(messages.size(), e.getMessage()));
      return false;
    } finally {
      handing.unlock();
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running == null) {
      return;
    }
    handing.lock();
    try {
      running.interrupt();
    } finally {
      handing.unlock();
    }
    join(running);
    condition.turn("closed");
  }

  private static void join(Thread running) {
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
