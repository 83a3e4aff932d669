package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.LogStream;
import java.util.function.Function;

/**
 * How the objects of an attempt are named in the place.
 *
 * @param control what begins the names of notes between the engine and a site: {@code sites/NAME}
 * @param folder of an attempt, where its outputs and logs stay as long as the run does
 */
public record RemoteNames(String control, Function<AttemptKey, String> folder) {

  /** Where nothing else decides: as in a folder of runs. */
  public static RemoteNames of(String site) {
    return of(site, key -> "runs/%s/work/%d.%d".formatted(key.run(), key.task(), key.attempt()));
  }

  public static RemoteNames of(String site, Function<AttemptKey, String> folder) {
    return new RemoteNames("sites/" + site, folder);
  }

  /** What to do, with all that may be secret; gone after the release. */
  String order(AttemptKey key) {
    return control + "/orders/" + key.value() + "/order";
  }

  /** What the order's inputs are; see {@link Fetches}. */
  String inputs(AttemptKey key) {
    return control + "/orders/" + key.value() + "/inputs";
  }

  /** Secret files that are outputs. */
  String kept(AttemptKey key) {
    return control + "/orders/" + key.value() + "/kept";
  }

  /** The claims and records of all attempts that are not released begin so. */
  String news() {
    return control + "/news/";
  }

  String claim(AttemptKey key) {
    return news() + key.value() + "/claim";
  }

  String record(AttemptKey key) {
    return news() + key.value() + "/record";
  }

  /** Contents of inputs, named by their digests; attempts share them. */
  String input(String sha256) {
    return control + "/inputs/" + sha256;
  }

  String out(AttemptKey key, String path) {
    return folder.apply(key) + "/out/" + path;
  }

  /** The parts of a log begin so; the position of the part's first byte follows. */
  String log(AttemptKey key, LogStream stream) {
    return folder.apply(key)
        + switch (stream) {
          case STDOUT -> "/log/stdout.";
          case STDERR -> "/log/stderr.";
        };
  }

  /** If a stream goes to a file: the file's path. */
  String logFile(AttemptKey key, LogStream stream) {
    return folder.apply(key)
        + switch (stream) {
          case STDOUT -> "/log/stdout-file";
          case STDERR -> "/log/stderr-file";
        };
  }
}
