package io.twinflow.executors.local.process;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * The processes of this machine as /proc shows them. On systems without it the JDK tells who is
 * whose child, but neither sessions nor environments: what has lost its parent is not found.
 */
final class ProcessTable {

  /** With {@code -Dtwinflow.proc=off} this machine is taken for one without /proc. */
  private static final String SWITCH = "twinflow.proc";

  private static final Path PROC = Path.of("/proc");

  /** So many process ids are tried one by one; for more, the folder is read. */
  private static final long PROBES = 128;

  /** Whose children are the kernel's own threads. */
  private static final long KERNEL = 2;

  private static final int MOST_LOOKS = 100;

  private static final int WHOLE = 32 << 10;

  private ProcessTable() {}

  private static boolean hasProc() {
    return !System.getProperty(SWITCH, "").equals("off") && Files.isDirectory(PROC.resolve("self"));
  }

  static Optional<ProcessStat> stat(long pid) {
    if (!hasProc()) {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(ProcessTable::stat);
    }
    return read("/proc/" + pid + "/stat")
        .map(bytes -> ProcessStat.parse(pid, new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  /** Each counts as a session of its own. */
  private static ProcessStat stat(ProcessHandle process) {
    long parent = process.parent().map(ProcessHandle::pid).orElse(0L);
    String start = process.info().startInstant().map(Instant::toString).orElse("");
    return new ProcessStat(process.pid(), 'R', parent, process.pid(), process.pid(), start);
  }

  /** Empty if there is none; then nothing from before can be told apart. */
  static String bootId() {
    return read("/proc/sys/kernel/random/boot_id")
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
        .orElse("");
  }

  /** The largest resident set this program ever had. */
  static long ownPeakBytes() {
    return read("/proc/self/status")
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
        .flatMap(text -> text.lines().filter(line -> line.startsWith("VmHWM:")).findFirst())
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .orElse(Long.MAX_VALUE);
  }

  /** Whether a variable stood in the process's environment when it began. */
  static boolean carries(long pid, String variable) {
    return carriesAny(pid, Set.of(variable));
  }

  static boolean carriesAny(long pid, Set<String> variables) {
    if (!hasProc()) {
      return false;
    }
    Optional<byte[]> environment = environment(pid);
    if (environment.isEmpty()) {
      return false;
    }
    String text = new String(environment.get(), StandardCharsets.ISO_8859_1);
    int start = 0;
    for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
      if (variables.contains(text.substring(start, end))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  /** While one program takes the place of another, a process shows none for a moment. */
  private static Optional<byte[]> environment(long pid) {
    for (int looks = 1; ; looks++) {
      Optional<byte[]> found = read("/proc/" + pid + "/environ");
      if (found.isEmpty() || found.get().length > 0 || looks == MOST_LOOKS || !hasProgram(pid)) {
        return found;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private static boolean hasProgram(long pid) {
    return stat(pid)
        .filter(stat -> stat.alive() && pid != KERNEL && stat.parent() != KERNEL)
        .isPresent();
  }

  static long[] all() {
    if (!hasProc()) {
      return ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid).toArray();
    }
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pids.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Ids that may have come up since a process started; cheap when there are few. Threads are among
   * them, and ids of processes that are gone.
   */
  static long[] since(long pid) {
    Optional<byte[]> load = read("/proc/loadavg");
    if (load.isEmpty()) {
      return all();
    }
    String line = new String(load.get(), StandardCharsets.US_ASCII).strip();
    long last = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    if (last < pid) {
      return all();
    }
    return last - pid <= PROBES
        ? LongStream.rangeClosed(pid + 1, last).toArray()
        : LongStream.of(all()).filter(p -> p > pid).toArray();
  }

  private static Optional<byte[]> read(String file) {
    Path path = Path.of(file);
    // Asking first is cheaper than an exception, and most probed ids are gone.
    if (!Files.isReadable(path)) {
      return Optional.empty();
    }
    // As much as can be by one call: a process may have become another program before the next.
    byte[] bytes = new byte[WHOLE];
    try (FileInputStream in = new FileInputStream(file)) {
      int size = in.readNBytes(bytes, 0, WHOLE);
      byte[] start = Arrays.copyOf(bytes, size);
      if (size < WHOLE) {
        return Optional.of(start);
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(start);
      in.transferTo(all);
      return Optional.of(all.toByteArray());
    } catch (IOException e) {
      // Gone between the two calls, or another user's: nothing to be said about it.
      return Optional.empty();
    }
  }
}
