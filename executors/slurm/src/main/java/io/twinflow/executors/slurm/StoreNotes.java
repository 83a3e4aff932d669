package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A batch's notes as objects: one says what it consists of, one more for each job that there is.
 *
 * @param prefix of their names
 */
record StoreNotes(ObjectPlace place, String prefix, BatchKey key) implements BatchNotes {

  private static final int MOST = 64 << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * As it is written.
   *
   * @param scripts of the parts, which say the number of theirs: they are long, and mostly one
   */
  private record Written(List<String> attempts, List<String> scripts, List<Submission> parts) {

    static Written of(List<String> attempts, List<Submission> parts) {
      List<String> scripts = parts.stream().map(Submission::script).distinct().toList();
      return new Written(
          attempts,
          scripts,
          parts.stream()
              .map(part -> part.withScript(Integer.toString(scripts.indexOf(part.script()))))
              .toList());
    }

    BatchContent content(Instant written) {
      return new BatchContent(
          attempts,
          parts.stream()
              .map(part -> part.withScript(scripts.get(Integer.parseInt(part.script()))))
              .toList(),
          written,
          false);
    }
  }

  private String content() {
    return prefix + "content";
  }

  private String job(int part) {
    return prefix + "job-" + part;
  }

  @Override
  public boolean exists() throws IOException {
    return place.find(content()).isPresent();
  }

  /**
   * All of it or nothing; an earlier engine's stays as it is.
   *
   * @param attempts as their {@link Ground} names them
   * @return what is there now
   */
  BatchContent write(List<String> attempts, List<Submission> parts) throws IOException {
    return place.putIfAbsent(content(), bytes(attempts, parts))
        ? new BatchContent(attempts, parts, written(), true)
        : read();
  }

  private static byte[] bytes(List<String> attempts, List<Submission> parts) {
    return JSON.writeValueAsBytes(Written.of(attempts, parts));
  }

  @Override
  public BatchContent read() throws IOException {
    byte[] text = place.get(content(), MOST).orElseThrow(this::gone);
    try {
      return JSON.readValue(text, Written.class).content(written());
    } catch (JacksonException e) {
      throw new IOException(place.location(content()) + " cannot be read: " + e.getMessage(), e);
    }
  }

  private NoSuchFileException gone() {
    return new NoSuchFileException(
        place.location(content()).toString(), null, "it was there before");
  }

  private Instant written() throws IOException {
    return place.find(content()).orElseThrow(this::gone).modified();
  }

  @Override
  public Submission split(int part, Submission what, int rest) throws IOException {
    BatchContent before = read();
    List<Submission> parts = new ArrayList<>(before.parts());
    Submission more = what.rest(Parts.comment(key.value(), rest));
    parts.set(part, what.half());
    parts.add(more);
    place.put(content(), bytes(before.attempts(), parts));
    return more;
  }

  @Override
  public Optional<Long> readJob(int part) throws IOException {
    return place
        .get(job(part), 64)
        .map(id -> Long.valueOf(new String(id, StandardCharsets.UTF_8).strip()));
  }

  @Override
  public void writeJob(int part, long id) throws IOException {
    place.put(job(part), Long.toString(id).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void delete() throws IOException {
    for (ObjectPlace.Found found : place.list(prefix)) {
      place.delete(found.name());
    }
  }
}
