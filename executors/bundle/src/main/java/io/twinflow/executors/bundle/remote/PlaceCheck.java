package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.api.site.Finding;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Looks whether a store can do what attempts need of it. */
record PlaceCheck(ObjectPlace place, RemoteNames names, URI tickets) {

  private static final String STORE = "store";
  private static final String CLAIMS = "claims";

  List<Finding> findings() {
    String name = names.control() + "/check/" + UUID.randomUUID();
    try {
      return List.of(claims(name), asked());
    } catch (IOException e) {
      return List.of(
          Finding.problem(
              STORE,
              String.valueOf(e.getMessage()),
              "attempts at this site exchange all files through it"),
          asked());
    }
  }

  private Finding claims(String name) throws IOException {
    boolean first = place.putIfAbsent(name, "one".getBytes(StandardCharsets.UTF_8));
    boolean second = place.putIfAbsent(name, "two".getBytes(StandardCharsets.UTF_8));
    place.delete(name);
    return first && !second
        ? Finding.good(STORE, place.words() + " is read and written, and of two claims takes one")
        : Finding.problem(
            CLAIMS,
            place.words() + " does not heed If-None-Match: * on a put",
            "a job that the site starts twice would run its tool twice; use a store that heeds it (Ceph, MinIO and S3 do)");
  }

  private Finding asked() {
    return Finding.good(
        "tickets", "jobs ask this engine at " + tickets + ", which the site must reach");
  }
}
