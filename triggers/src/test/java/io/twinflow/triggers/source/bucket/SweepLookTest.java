package io.twinflow.triggers.source.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.site.Finding.Level;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a bucket is listed, and in which parts. */
class SweepLookTest {

  private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration SETTLE = Duration.ofMinutes(1);

  private final TestListing bucket = new TestListing();
  private final Parts parts = new Parts();
  private Instant now = BEGIN;
  private Instant since = BEGIN.minusSeconds(1);

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  /** Remembers what it was given. */
  private static final class Parts implements Intake {
    private final List<ListingPart> all = new ArrayList<>();
    private @Nullable String position;

    @Override
    public void take(List<Message> messages) {
      throw new AssertionError("a listing has no messages");
    }

    @Override
    public void take(List<Message> messages, String newer) {
      assertThat(messages).isEmpty();
      position = newer;
    }

    @Override
    public int takeNew(ListingPart part) {
      all.add(part);
      return part.objects().size();
    }

    @Override
    public Optional<String> position() {
      return Optional.ofNullable(position);
    }
  }

  private SweepLook look(@Nullable Instant from) {
    return new SweepLook(bucket, new SweepOptions(EVERY, SETTLE, from), () -> since, clock);
  }

  private List<String> keys(int part) {
    return parts.all.get(part).objects().stream().map(ListedObject::key).toList();
  }

  @Test
  void whatWasThereBeforeTheFirstListingIsNotTold() throws Exception {
    bucket.put("a-old", "1", BEGIN.minusSeconds(1));
    bucket.put("b-new", "1", BEGIN.plusSeconds(1));
    look(null).look(parts);
    assertThat(keys(0)).containsExactly("b-new");
    now = BEGIN.plusSeconds(3600);
    look(null).look(parts);
    assertThat(keys(1)).containsExactly("b-new");
  }

  @Test
  void fromSaysWhatIsToldOfWhatWasThere() throws Exception {
    bucket.put("a", "1", BEGIN.minus(Duration.ofDays(2)));
    bucket.put("b", "1", BEGIN.minus(Duration.ofHours(2)));
    look(BEGIN.minus(Duration.ofDays(1))).look(parts);
    assertThat(keys(0)).containsExactly("b");
  }

  @Test
  void itIsListedWhenItIsTimeAndAfterEachGap() throws Exception {
    SweepLook look = look(null);
    assertThat(look.look(parts)).isEqualTo(EVERY);
    now = now.plusSeconds(60);
    assertThat(look.look(parts)).isEqualTo(EVERY.minusSeconds(60));
    assertThat(bucket.listings()).isEqualTo(1);
    since = now;
    now = now.plusSeconds(1);
    look.look(parts);
    assertThat(bucket.listings()).isEqualTo(2);
    now = now.plus(EVERY);
    look.look(parts);
    assertThat(bucket.listings()).isEqualTo(3);
  }

  @Test
  void aLongListingComesInPartsThatHaveNoHolesBetweenThem() throws Exception {
    for (int i = 0; i < 2_500; i++) {
      bucket.put("%05d".formatted(i), "1", BEGIN.plusSeconds(1));
    }
    look(null).look(parts);
    assertThat(parts.all).hasSize(3);
    assertThat(parts.all).extracting(ListingPart::after).containsExactly("", "00999", "01999");
    assertThat(parts.all).extracting(ListingPart::to).containsExactly("00999", "01999", null);
    assertThat(parts.all)
        .extracting(part -> part.objects().size())
        .containsExactly(1000, 1000, 500);
    assertThat(parts.all).extracting(ListingPart::settled).containsOnly(BEGIN.minus(SETTLE));
  }

  @Test
  void aListingThatBreaksOffIsTriedAgainAndSaysNothingOfTheRest() throws Exception {
    bucket.put("a", "1", BEGIN.plusSeconds(1));
    bucket.breakOff("the store is away");
    SweepLook look = look(null);
    assertThatThrownBy(() -> look.look(parts))
        .isInstanceOf(IOException.class)
        .hasMessage("the store is away");
    assertThat(parts.all).isEmpty();
    assertThat(look.check().getFirst().level()).isEqualTo(Level.PROBLEM);
    bucket.breakOff(null);
    look.look(parts);
    assertThat(keys(0)).containsExactly("a");
    assertThat(look.check().getFirst().level()).isEqualTo(Level.GOOD);
  }

  @Test
  void keysInAnotherOrderWouldHideObjectsAndAreRefused() {
    bucket.put("b", "1", BEGIN);
    bucket.put("a", "1", BEGIN);
    assertThatThrownBy(() -> look(null).look(parts)).hasMessageContaining("lists 'a' behind 'b'");
    TestListing high = bucket;
    high.remove("a");
    high.remove("b");
    // In UTF-16 the first of them is the greater one.
    high.put("\uff5e", "1", BEGIN);
    high.put("\ud83d\ude00", "1", BEGIN);
    assertThatCode(() -> look(null).look(parts)).doesNotThrowAnyException();
  }
}
