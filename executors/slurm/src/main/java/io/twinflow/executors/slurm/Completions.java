package io.twinflow.executors.slurm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file of completed jobs that the plugin jobcomp/filetxt writes (slurm.conf(5), JobCompLoc): a
 * line for each, of words NAME=value.
 */
record Completions(Path file) {

  /** Nobody asks for what ended long ago. */
  private static final long NEWEST_BYTES = 64L << 20;

  List<PastJob> of(List<Followed> asked) throws IOException {
    Set<String> names =
        asked.stream().map(followed -> followed.batch().value()).collect(Collectors.toSet());
    List<PastJob> found = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(Math.max(0, channel.size() - NEWEST_BYTES));
      BufferedReader lines =
          new BufferedReader(Channels.newReader(channel, StandardCharsets.ISO_8859_1));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, String> words = words(line);
        if (names.contains(words.getOrDefault("Name", ""))) {
          found.add(
              new PastJob(
                  words.containsKey("ArrayJobId")
                      ? words.get("ArrayJobId") + "_" + words.get("ArrayTaskId")
                      : words.getOrDefault("JobId", ""),
                  words.getOrDefault("Name", ""),
                  new JobEnd(words.getOrDefault("JobState", ""), minutes(words))));
        }
      }
    }
    return found;
  }

  private static @Nullable Integer minutes(Map<String, String> words) {
    String limit = words.getOrDefault("TimeLimit", "");
    return limit.matches("[0-9]{1,9}") ? Integer.valueOf(limit) : null;
  }

  private static Map<String, String> words(String line) {
    Map<String, String> words = new HashMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.putIfAbsent(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return words;
  }
}
