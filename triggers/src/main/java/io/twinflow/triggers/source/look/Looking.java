package io.twinflow.triggers.source.look;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceState;
import io.twinflow.triggers.source.broker.Backoff;
import io.twinflow.triggers.source.broker.Condition;
import io.twinflow.triggers.source.bucket.ListingPart;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A source with one thread that looks, waits, and looks again; after an error ever more seldom, up
 * to 5 s. Closing waits for a look that is under way.
 */
public final class Looking implements Source {

  private static final Logger LOG = System.getLogger(Looking.class.getName());

  /** A clock may be put forward while it waits. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final String name;
  private final Look look;
  private final Condition condition;
  private final Semaphore woken = new Semaphore(0);
  private volatile boolean closed;
  private @Nullable Thread thread;

  public Looking(String name, Look look, Clock clock) {
    this.name = name;
    this.look = look;
    this.condition = new Condition(name, clock);
  }

  @Override
  public synchronized void start(Intake intake) {
    if (thread != null || closed) {
      throw new IllegalStateException("source %s was started or closed already".formatted(name));
    }
    condition.turn("looking for the first time");
    thread = Thread.ofVirtual().name("source " + name).start(() -> run(counted(intake)));
  }

  /** Looks at once, from whatever thread. */
  public void wake() {
    woken.release();
  }

  private void run(Intake intake) {
    Backoff tries = new Backoff();
    try {
      while (!closed) {
        Duration pause = once(intake, tries);
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        woken.tryAcquire(Math.max(1, bounded.toMillis()), TimeUnit.MILLISECONDS);
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration once(Intake intake, Backoff tries) {
    try {
      Duration pause = look.look(intake);
      condition.become(true, null);
      tries.reset();
      return pause;
    } catch (IOException e) {
      condition.become(false, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "source " + name + " failed in a way nobody thought of", e);
      condition.become(false, "%s; the log of the server tells more".formatted(e));
    }
    return tries.next();
  }

  private Intake counted(Intake intake) {
    return new Intake() {
      @Override
      public void take(List<Message> messages) throws IOException {
        intake.take(messages);
        condition.took(messages.size());
      }

      @Override
      public void take(List<Message> messages, String position) throws IOException {
        intake.take(messages, position);
        condition.took(messages.size());
      }

      @Override
      public int takeNew(ListingPart part) throws IOException {
        int found = intake.takeNew(part);
        condition.took(found);
        return found;
      }

      @Override
      public Optional<String> position() throws IOException {
        return intake.position();
      }
    };
  }

  @Override
  public SourceState state() {
    return condition.now();
  }

  @Override
  public List<Finding> check() {
    return look.check();
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    woken.release();
    if (running != null) {
      join(running);
      condition.turn("closed");
    }
    look.close();
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
