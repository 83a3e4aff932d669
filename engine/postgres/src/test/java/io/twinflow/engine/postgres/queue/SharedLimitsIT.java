package io.twinflow.engine.postgres.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.QueueFullException;
import io.twinflow.engine.core.turns.Claimant;
import io.twinflow.engine.core.turns.Seat;
import io.twinflow.engine.core.turns.Turns;
import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two engines that share a database keep one limit together. */
final class SharedLimitsIT {

  private static final String TENANT = "default";
  private static final RunId RUN = new RunId("20261120-093012-k3x9qa");

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  /** An engine with one run that always wants more. */
  private static final class Member implements AutoCloseable {
    final Instance instance;
    final Turns turns = new Turns(java.util.Map.of("here", 64));
    final ShareSlots share;
    final Seat seat;
    int has;

    Member(HikariDataSource pool, String name, Duration lease) throws Exception {
      instance = Instance.join(pool, name, TENANT, lease, JournalMeter.NONE);
      share = new ShareSlots(new Sql(pool), TENANT, instance.number(), turns);
      share.round();
      seat = turns.enter(new Claimant(RUN, "here", "ada", "flood", 0), () -> {});
    }

    void want(int tasks) {
      has += seat.settle(has, tasks);
    }

    void end(int tasks) {
      has -= Math.min(tasks, has);
    }

    @Override
    public void close() {
      instance.close();
    }
  }

  private Sql sql() {
    return new Sql(database.pool());
  }

  private void limit(int tasks) throws Exception {
    Bounds.set(sql(), TENANT, new Bound(Bound.Kind.SUBJECT, "ada", null, tasks, null));
  }

  @Test
  void togetherTheyNeverHaveMoreThanTheLimitAndEachGetsItsShare() throws Exception {
    limit(5);
    Random random = new Random(3);
    try (Member one = new Member(database.pool(), "one", Duration.ofSeconds(60));
        Member two = new Member(database.pool(), "two", Duration.ofSeconds(60))) {
      int most = 0;
      int ofOne = 0;
      int ofTwo = 0;
      for (int step = 0; step < 80; step++) {
        Member member = random.nextBoolean() ? one : two;
        member.end(random.nextInt(3));
        member.want(100);
        if (random.nextInt(3) == 0) {
          member.share.round();
          member.want(100);
        }
        assertThat(one.has + two.has).isLessThanOrEqualTo(5);
        most = Math.max(most, one.has + two.has);
        ofOne = Math.max(ofOne, one.has);
        ofTwo = Math.max(ofTwo, two.has);
      }
      assertThat(most).isEqualTo(5);
      assertThat(ofOne).isGreaterThanOrEqualTo(2);
      assertThat(ofTwo).isGreaterThanOrEqualTo(2);
      limit(1);
      for (int round = 0; round < 4; round++) {
        one.share.round();
        two.share.round();
        one.end(9);
        two.end(9);
        one.want(10);
        two.want(10);
      }
      assertThat(one.has + two.has).isEqualTo(1);
    }
  }

  @Test
  void whatADeadEngineHadIsFreeWithItsLease() throws Exception {
    limit(3);
    try (Member two = new Member(database.pool(), "two", Duration.ofSeconds(60))) {
      Member one = new Member(database.pool(), "one", Duration.ofSeconds(60));
      one.want(10);
      one.share.round();
      one.want(10);
      assertThat(one.has).isEqualTo(3);
      two.want(10);
      two.share.round();
      two.want(10);
      assertThat(two.has).isZero();
      assertThat(two.turns.waiting().getFirst().reason())
          .isEqualTo("limit of the subject ada: 3 tasks at once, of which this server has 0 now");
      one.close();
      two.share.round();
      two.want(10);
      assertThat(two.has).isEqualTo(3);
      Bounds.remove(sql(), TENANT, Bound.Kind.SUBJECT, "ada");
      two.share.round();
      two.want(10);
      assertThat(two.has).isEqualTo(13);
    }
  }

  @Test
  void aRunThatIsBeingMadeTakesAPlaceInTheQueueUntilItsEngineDies() throws Exception {
    Bounds.set(sql(), TENANT, new Bound(Bound.Kind.SUBJECT, "*", null, null, 1));
    try (Instance other =
            Instance.join(
                database.pool(), "other", TENANT, Duration.ofSeconds(60), JournalMeter.NONE);
        PostgresJournalStore second =
            new PostgresJournalStore(database.pool(), database.pool(), other, JournalMeter.NONE)) {
      Instance dying =
          Instance.join(
              database.pool(), "dying", TENANT, Duration.ofSeconds(60), JournalMeter.NONE);
      PostgresJournalStore first =
          new PostgresJournalStore(database.pool(), database.pool(), dying, JournalMeter.NONE);
      first.create(RUN, "", "ada", 0);
      RunId next = new RunId("20261120-093012-k3x9qb");
      assertThatThrownBy(() -> second.create(next, "", "ada", 0))
          .isInstanceOf(QueueFullException.class)
          .hasMessageContaining("ada has 1 runs that wait in the queue");
      second.create(new RunId("20261120-093012-k3x9qc"), "", "grace", 0);
      dying.close();
      first.close();
      second.create(next, "", "ada", 0);
    }
  }
}
