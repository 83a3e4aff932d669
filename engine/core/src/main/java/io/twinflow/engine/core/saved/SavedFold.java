package io.twinflow.engine.core.saved;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.EventJson;
import io.twinflow.engine.core.event.UnreadableEventException;
import io.twinflow.engine.core.fold.FoldState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A fold as bytes and back: a head that says what it is and who wrote it, then the fold,
 * compressed, all in checked blocks. It is read in the version that wrote it only: what another one
 * makes of a journal may differ, and the journal is there.
 */
public final class SavedFold {

  /** Raised with every change of what is written, or of what a fold makes of events. */
  public static final int FORMAT = 3;

  private static final String MAGIC = "twinflow-fold";
  private static final int BUFFER = 1 << 14;

  private final RunId run;
  private final String engine;

  /**
   * @param engine the version of this engine
   */
  public SavedFold(RunId run, String engine) {
    this.run = run;
    this.engine = engine;
  }

  private String head() {
    return "%s %d, engine %s, run %s".formatted(MAGIC, FORMAT, engine, run);
  }

  /** The stream stays open. */
  public void write(FoldState state, OutputStream to) throws IOException {
    BlocksOut blocks = new BlocksOut(to);
    DataOutputStream head = new DataOutputStream(blocks);
    head.writeUTF(head());
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      DeflaterOutputStream compressed = new DeflaterOutputStream(blocks, deflater, BUFFER);
      DataOutputStream body = new DataOutputStream(new BufferedOutputStream(compressed, BUFFER));
      new FoldOut(body).state(state, line(state));
      body.flush();
      compressed.finish();
    } finally {
      deflater.end();
    }
    blocks.end();
  }

  /**
   * Reads and closes the stream.
   *
   * @throws IOException if it was written by another version, for another run, or is damaged; the
   *     message says which
   */
  public FoldState read(InputStream from) throws IOException {
    try (BlocksIn blocks = new BlocksIn(from)) {
      String found = new DataInputStream(blocks).readUTF();
      if (!found.equals(head())) {
        throw new IOException("expected '%s', found '%s'".formatted(head(), found));
      }
      DataInputStream body =
          new DataInputStream(new BufferedInputStream(new InflaterInputStream(blocks), BUFFER));
      FoldState state = new FoldIn(body).state(this::created);
      if (body.read() >= 0 || blocks.read() >= 0) {
        throw new IOException("more follows the fold");
      }
      return state;
    } catch (RuntimeException e) {
      throw new IOException("it cannot be made sense of: " + e, e);
    }
  }

  private String line(FoldState state) {
    Envelope first =
        new Envelope(Envelope.ONLY_TENANT, run, 1, state.at(), "engine", engine, state.created());
    return EventJson.line(first, EventJson.write(state.created()));
  }

  private Event.RunCreated created(String line) throws IOException {
    try {
      if (EventJson.read(run, EventJson.parse(line)).event() instanceof Event.RunCreated created) {
        return created;
      }
      throw new IOException("expected the first event of a run");
    } catch (UnreadableEventException e) {
      throw new IOException("its first event cannot be read: " + e.getMessage(), e);
    }
  }
}
