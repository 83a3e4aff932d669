package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Files that were staged as secrets and came back with the outputs: they go when the attempt is
 * released, unless they are outputs themselves.
 */
record SecretOutputs(ObjectPlace place, RemoteNames names, AttemptKey attempt) {

  private static final int MOST = 8 << 20;

  void keep(List<String> locations) throws IOException {
    place.put(names.kept(attempt), String.join("\n", locations).getBytes(StandardCharsets.UTF_8));
  }

  void erase() throws IOException {
    List<String> secrets;
    try {
      secrets = Fetches.read(place, names.inputs(attempt)).secrets();
    } catch (NoSuchFileException released) {
      return;
    }
    if (secrets.isEmpty()) {
      return;
    }
    String text =
        place
            .get(names.kept(attempt), MOST)
            .map(kept -> new String(kept, StandardCharsets.UTF_8))
            .orElse("");
    List<String> kept = List.of(text.split("\n", -1));
    for (String secret : secrets) {
      String object = names.out(attempt, secret);
      String location = place.location(object).toString();
      if (kept.stream().noneMatch(k -> (location + "/").startsWith(k + "/"))) {
        place.delete(object);
      }
    }
  }
}
