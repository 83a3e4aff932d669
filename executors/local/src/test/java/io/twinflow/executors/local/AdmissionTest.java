package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.ResourceRequest;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private long freeDisk = 10_000;
  private final Admission<String> admission =
      new Admission<>(4, 1000, () -> new Gpus.Found(1, "by a test"), () -> freeDisk);

  private static ResourceRequest request(double cores, long memory) {
    return new ResourceRequest(cores, memory, 0, 0, 0, 1);
  }

  private void add(String name, double cores, long memory) {
    admission.add(name, request(cores, memory));
  }

  @Test
  void neverPromisesMoreCoresThanThereAre() {
    add("a", 3, 1);
    add("b", 2, 1);
    assertThat(admission.next()).contains("a");
    assertThat(admission.next()).isEmpty();
    admission.giveBack(request(3, 1));
    assertThat(admission.next()).contains("b");
  }

  @Test
  void saysWhatSomethingThatWaitsNeeds() {
    add("a", 3, 600);
    add("b", 2, 1);
    add("c", 1, 500);
    assertThat(admission.next()).contains("a");
    assertThat(admission.why("a"::equals)).isEmpty();
    assertThat(admission.why("b"::equals)).contains("needs 2 of 4 cores, of which 1 are free");
    assertThat(admission.why("c"::equals))
        .contains(
            "needs 500 of 1000 MiB of memory, of which 400 are free; 1 came before it and wait too");
  }

  @Test
  void neverPromisesMoreMemoryThanThereIs() {
    add("a", 1, 600);
    add("b", 1, 600);
    assertThat(admission.next()).contains("a");
    assertThat(admission.next()).isEmpty();
  }

  @Test
  void neverPromisesMoreDiskThanIsFreeToTasksTogether() {
    ResourceRequest half = new ResourceRequest(1, 1, 2_000, 4_000, 0, 1);
    admission.add("a", half);
    admission.add("b", half);
    assertThat(admission.next()).contains("a");
    assertThat(admission.next()).isEmpty();
    admission.giveBack(half);
    assertThat(admission.next()).contains("b");
  }

  @Test
  void letsASmallerTaskPassOneThatWaitsForDisk() {
    admission.add("a", new ResourceRequest(1, 1, 0, 6_000, 0, 1));
    admission.add("b", new ResourceRequest(1, 1, 0, 6_000, 0, 1));
    admission.add("c", new ResourceRequest(1, 1, 0, 4_000, 0, 1));
    assertThat(admission.next()).contains("a");
    assertThat(admission.next()).contains("c");
    assertThat(admission.next()).isEmpty();
  }

  @Test
  void letsATaskTryAloneAlthoughTheDiskHasTooLittleRoom() {
    freeDisk = 10;
    admission.add("a", new ResourceRequest(1, 1, 0, 6_000, 0, 1));
    assertThat(admission.next()).contains("a");
  }

  @Test
  void fractionsOfACoreAddUpExactlyEnough() {
    for (int i = 0; i < 40; i++) {
      add("t" + i, 0.1, 1);
    }
    for (int i = 0; i < 40; i++) {
      assertThat(admission.next()).contains("t" + i);
    }
    for (int i = 0; i < 40; i++) {
      admission.giveBack(request(0.1, 1));
    }
    add("whole", 4, 1);
    assertThat(admission.next()).contains("whole");
  }

  @Test
  void aSmallOnePassesABigOneThatMustWait() {
    add("holder", 2, 1);
    add("big", 4, 1);
    add("small", 1, 1);
    assertThat(admission.next()).contains("holder");
    assertThat(admission.next()).contains("small");
  }

  @Test
  void aBigOneIsPassedOnlySoOften() {
    add("holder", 2, 1);
    admission.next();
    add("big", 4, 1);
    int passed = 0;
    for (int i = 0; i < 200; i++) {
      add("small" + i, 1, 1);
      if (admission.next().isPresent()) {
        passed++;
        admission.giveBack(request(1, 1));
      }
    }
    assertThat(passed).isBetween(1, 50);
    admission.giveBack(request(2, 1));
    assertThat(admission.next()).contains("big");
  }

  @Test
  void whatWasTakenOutIsNotGivenOut() {
    add("a", 1, 1);
    add("b", 1, 1);
    assertThat(admission.remove("a"::equals)).isTrue();
    assertThat(admission.remove("a"::equals)).isFalse();
    assertThat(admission.next()).contains("b");
  }

  @Test
  void whatIsLargerThanTheMachineIsNamedWithTheNumbers() {
    assertThat(admission.impossible(request(4, 1000))).isEmpty();
    assertThat(admission.impossible(request(4.5, 2000)))
        .contains("asks for 4.5 cores (there are 4), and for 2000 MiB of memory (there are 1000)");
    assertThat(admission.impossible(new ResourceRequest(1, 1, 0, 0, 2, 1)))
        .contains("asks for 2 GPUs (there are 1: by a test)");
  }
}
