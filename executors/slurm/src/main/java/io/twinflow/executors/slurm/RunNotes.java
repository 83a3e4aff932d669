package io.twinflow.executors.slurm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of a run's batches of one task, by this engine and by others. None has a file of
 * its own, because to make one is most of what a submission would cost beside its call: an engine
 * appends to one that it has made, and takes a new one now and then, so that each goes when its
 * last batch has.
 */
final class RunNotes {

  /** A batch in its file. */
  record Note(Path file, NotesFile.Place place) {}

  private final Path folder;
  private final Map<String, Note> notes = new HashMap<>();
  private final Map<String, Long> jobs = new HashMap<>();
  private final Map<Path, Integer> open = new HashMap<>();
  private final Map<Path, ReadNotes> others = new HashMap<>();
  private final Set<String> twice = new HashSet<>();
  private final Set<Path> mine = new HashSet<>();
  private @Nullable NotesFile own;

  RunNotes(Path folder) {
    this.folder = folder;
  }

  synchronized Optional<Note> find(String key) throws IOException {
    if (!notes.containsKey(key)) {
      look();
    }
    return Optional.ofNullable(notes.get(key));
  }

  synchronized boolean isEmpty() {
    return notes.isEmpty();
  }

  /**
   * All of it or nothing; one that was {@link #find found} stays as it is.
   *
   * @param words for the bundle; empty if they lie in the attempt's folder
   * @return what is there now
   */
  synchronized BatchContent add(String key, String attempt, Submission part, String words)
      throws IOException {
    Note known = notes.get(key);
    if (known != null) {
      return content(known);
    }
    // To the millisecond, as it is read again.
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    NotesFile file = file();
    try {
      NotesFile.Head head = new NotesFile.Head(attempt, part, now.toEpochMilli());
      put(key, file.path(), file.append(key, head, words.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      own = null;
      throw e;
    }
    // After it is there: of two engines that do the same one at least sees the other's.
    look();
    return new BatchContent(List.of(attempt), List.of(part), now, !isOthersToo(key));
  }

  private boolean isOthersToo(String key) {
    return twice.contains(key) || others.values().stream().anyMatch(other -> other.mayHave(key));
  }

  synchronized BatchContent read(String key) throws IOException {
    return content(find(key).orElseThrow(() -> new NoSuchFileException(folder + ", of " + key)));
  }

  synchronized Optional<Long> job(String key) throws IOException {
    if (!jobs.containsKey(key)) {
      look();
    }
    return Optional.ofNullable(jobs.get(key));
  }

  synchronized void addJob(String key, long job) throws IOException {
    try {
      file().appendJob(key, job);
    } catch (IOException e) {
      own = null;
      throw e;
    }
    jobs.put(key, job);
  }

  synchronized void end(String key) throws IOException {
    Note note = find(key).orElse(null);
    notes.remove(key);
    jobs.remove(key);
    twice.remove(key);
    if (note == null) {
      return;
    }
    if (open.merge(note.file(), -1, Integer::sum) > 0) {
      NotesFile.end(note.file(), note.place());
      return;
    }
    Files.deleteIfExists(note.file());
    open.remove(note.file());
    others.remove(note.file());
    mine.remove(note.file());
    if (own != null && own.path().equals(note.file())) {
      own = null;
    }
  }

  private static BatchContent content(Note note) throws IOException {
    NotesFile.Head head = NotesFile.head(note.file(), note.place());
    return new BatchContent(
        List.of(head.attempt()), List.of(head.part()), Instant.ofEpochMilli(head.written()), false);
  }

  /** A new one also where another engine ended the last batch of this one's. */
  private NotesFile file() throws IOException {
    if (own == null || own.isFull() || !Files.exists(own.path())) {
      own = NotesFile.create(folder);
      mine.add(own.path());
    }
    return own;
  }

  private void put(String key, Path file, NotesFile.Place place) {
    notes.put(key, new Note(file, place));
    open.merge(file, 1, Integer::sum);
  }

  /** At what others have written since. */
  private void look() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!mine.contains(file)) {
          take(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Nobody has.
      return;
    }
  }

  private void take(Path file) throws IOException {
    try {
      take(file, others.computeIfAbsent(file, ReadNotes::new).more());
    } catch (NoSuchFileException e) {
      // Its last batch has just ended.
      others.remove(file);
    }
  }

  private void take(Path file, ReadNotes.News news) {
    news.batches()
        .forEach((key, place) -> {
          if (notes.containsKey(key)) {
            twice.add(key);
          } else {
            put(key, file, place);
          }
        });
    jobs.putAll(news.jobs());
  }
}
