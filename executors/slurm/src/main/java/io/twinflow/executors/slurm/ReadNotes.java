package io.twinflow.executors.slurm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What another engine appends to its {@link NotesFile}, as far as it is whole. */
final class ReadNotes {

  /** Without what ends a batch. */
  private static final int KINDS = 3;

  private final Path path;
  private long read;
  private String rest = "";

  ReadNotes(Path path) {
    this.path = path;
  }

  /**
   * @param batches that are needed
   * @param jobs by their batch
   */
  record News(Map<String, NotesFile.Place> batches, Map<String, Long> jobs) {}

  /**
   * Whether a batch of this key is just being written down, or was when its engine died.
   *
   * @param key of a batch that was not among the news
   */
  boolean mayHave(String key) {
    String begin = NotesFile.BATCH + " " + key + " ";
    return !rest.isEmpty() && (rest.startsWith(begin) || begin.startsWith(rest));
  }

  News more() throws IOException {
    News news = new News(new HashMap<>(), new HashMap<>());
    long size = Files.size(path);
    if (size == read + rest.length()) {
      return news;
    }
    byte[] bytes = NotesFile.read(path, read, Math.toIntExact(size - read));
    int from = 0;
    for (int next = take(bytes, from, news); next > from; next = take(bytes, from, news)) {
      from = next;
    }
    read += from;
    rest = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    return news;
  }

  /**
   * @return where the next one begins; the same if this one is not whole
   */
  private int take(byte[] bytes, int from, News news) throws IOException {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end == bytes.length) {
      return from;
    }
    String line = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    String[] words = line.split(" ", -1);
    try {
      if (words[0].equals(NotesFile.JOB) && words.length == KINDS) {
        news.jobs().put(words[1], Long.valueOf(words[2]));
        return end + 1;
      }
      int head = Integer.parseInt(words[2]);
      int told = Integer.parseInt(words[3]);
      if (bytes.length - end - 1 - head < told) {
        return from;
      }
      if (words[0].equals(NotesFile.BATCH)) {
        news.batches().put(words[1], new NotesFile.Place(read + from, read + end + 1, head, told));
      }
      return end + 1 + head + told;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("%s cannot be read at %d: %s".formatted(path, read + from, line), e);
    }
  }
}
