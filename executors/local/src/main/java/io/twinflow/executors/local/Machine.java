package io.twinflow.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What this machine has, within the limits of the cgroup it lets us use.
 *
 * @param memoryMiB mebibytes
 */
record Machine(String host, double cores, long memoryMiB, int gpus) {

  private static final long KIB_PER_MIB = 1024;
  private static final long MIB = 1024 * 1024;

  static Machine detect() {
    return new Machine(
        hostName(), Runtime.getRuntime().availableProcessors(), memory(), Gpus.devices());
  }

  /** The kernel's count of processes it killed because memory ran out; 0 if it tells none. */
  static long outOfMemoryKills() {
    return lines(Path.of("/proc/vmstat")).stream()
        .filter(line -> line.startsWith("oom_kill "))
        .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
        .findFirst()
        .orElse(0);
  }

  private static String hostName() {
    List<String> name = lines(Path.of("/proc/sys/kernel/hostname"));
    return name.isEmpty() ? System.getenv().getOrDefault("HOSTNAME", "localhost") : name.get(0);
  }

  private static long memory() {
    long total =
        lines(Path.of("/proc/meminfo")).stream()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
            .findFirst()
            .orElse(Runtime.getRuntime().maxMemory() / MIB);
    for (String line : lines(Path.of("/proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields[0].equals("0")) {
        total = Math.min(total, limit("/sys/fs/cgroup", fields[2], "memory.max"));
      } else if (Arrays.asList(fields[1].split(",", -1)).contains("memory")) {
        total = Math.min(total, limit("/sys/fs/cgroup/memory", fields[2], "memory.limit_in_bytes"));
      }
    }
    return total;
  }

  /** The least limit of a cgroup and those above it, in MiB. */
  private static long limit(String mount, String group, String file) {
    long least = Long.MAX_VALUE;
    for (Path g = Path.of(group); g != null; g = g.getParent()) {
      for (String line : lines(Path.of(mount + g).resolve(file))) {
        if (!line.isEmpty() && line.chars().allMatch(Character::isDigit) && line.length() < 19) {
          least = Math.min(least, Long.parseLong(line) / MIB);
        }
      }
    }
    return least;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      System.getLogger(Machine.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot read {0}: {1}", file, e.getMessage());
      return List.of();
    }
  }
}
