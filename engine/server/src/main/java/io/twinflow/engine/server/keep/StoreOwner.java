package io.twinflow.engine.server.keep;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import io.twinflow.engine.core.artifact.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether what lies in the store is this database's to remove. The first that asks writes its name
 * into the store, and stays the owner.
 */
@Component
final class StoreOwner {

  static final StoreKey KEY = new StoreKey("twinflow-database");

  private static final Logger LOG = System.getLogger(StoreOwner.class.getName());
  private static final int LONGEST_NAME = 100;

  private final ArtifactStore store;
  private final JdbcClient database;
  private boolean told;

  StoreOwner(ArtifactStore store, DataSource database) {
    this.store = store;
    this.database = JdbcClient.create(database);
  }

  boolean isThisDatabase() throws IOException {
    String own = name();
    Optional<Stored> known = store.find(KEY);
    if (known.isEmpty()) {
      put(own);
      known = store.find(KEY);
    }
    boolean owner = known.isPresent() && own.equals(text(known.get()));
    if (!owner && !told) {
      told = true;
      LOG.log(
          Level.WARNING,
          "nothing is removed from the store: by {0} it belongs to another database. Give each installation a prefix of its own with --store; or, if the other is gone for good, delete that object",
          store.location(KEY));
    }
    return owner;
  }

  private String name() {
    database.sql("INSERT INTO store_owner DEFAULT VALUES ON CONFLICT DO NOTHING").update();
    return database.sql("SELECT id::text FROM store_owner").query(String.class).single();
  }

  private void put(String name) throws IOException {
    Path file = Files.createTempFile("twinflow", "");
    try {
      Optional<Stored> _ = store.putIfAbsent(KEY, Files.writeString(file, name));
    } finally {
      Files.delete(file);
    }
  }

  private String text(Stored stored) throws IOException {
    try (InputStream in = store.open(stored, 0)) {
      return new String(in.readNBytes(LONGEST_NAME), StandardCharsets.UTF_8);
    }
  }
}
