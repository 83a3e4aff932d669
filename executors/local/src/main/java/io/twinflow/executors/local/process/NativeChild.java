package io.twinflow.executors.local.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reaps one child with wait4(2), which also tells what it used (getrusage(2)). */
record NativeChild(LibC libc, long pid) implements Child {

  private static final long RUSAGE_BYTES = 144;
  private static final long SYSTEM_TIME = 16;
  private static final long PEAK_KIB = 32;

  @Override
  public Ending await() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      MemorySegment usage = arena.allocate(RUSAGE_BYTES, 16);
      while (libc.call(libc.wait4, pid, status.address(), 0, usage.address(), 0, 0) != pid) {
        if (ProcessTable.stat(pid).isEmpty()) {
          throw new IllegalStateException(
              "process %d was reaped by somebody else; its exit code is unknown".formatted(pid));
        }
      }
      return ending(status.get(JAVA_INT, 0), usage);
    }
  }

  private static Ending ending(int status, MemorySegment usage) {
    Duration cpu = time(usage, 0).plus(time(usage, SYSTEM_TIME));
    return new Ending((status >> 8) & 0xff, status & 0x7f, cpu, peak(usage));
  }

  /**
   * Until its exec(2) a child shares this program's memory, and the kernel counts that as its own:
   * only a peak above ours is surely the tool's.
   */
  private static @Nullable Long peak(MemorySegment usage) {
    long peak = usage.get(JAVA_LONG, PEAK_KIB) * 1024;
    return OwnPeak.isBelow(peak) ? peak : null;
  }

  private static Duration time(MemorySegment usage, long offset) {
    long micros = usage.get(JAVA_LONG, offset + 8);
    return Duration.ofSeconds(usage.get(JAVA_LONG, offset), micros * 1000);
  }
}
