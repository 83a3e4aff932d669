package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The journal of a run as a file ({@link Frames}); one fsync per append. */
final class FileJournal implements Journal {

  private static final Logger LOG = System.getLogger(FileJournal.class.getName());

  private final Path file;
  private final Lines lines;
  private final RunLock lock;
  private final FileChannel channel;

  private long end;
  private long written;
  private long head;
  private long epoch;
  private String lastAppend = "";
  private volatile boolean broken;

  private FileJournal(Path file, Lines lines, RunLock lock, FileChannel channel) {
    this.file = file;
    this.lines = lines;
    this.lock = lock;
    this.channel = channel;
  }

  /** Opens with a lock that is taken already; closes it if it fails. */
  static FileJournal open(Path file, Lines lines, RunLock lock) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileJournal journal = new FileJournal(file, lines, lock, channel);
    try {
      journal.recover();
      return journal;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private void recover() throws IOException {
    byte[][] last = new byte[1][];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      end =
          Frames.scan(
              file,
              in,
              (payload, offset) -> {
                last[0] = payload;
                seen(payload);
              });
    }
    if (last[0] != null) {
      lastAppend = Lines.appendId(last[0]);
    }
    if (end < channel.size() || end == 0) {
      if (end > 0) {
        LOG.log(
            Level.DEBUG,
            "{0}: a crash tore the last append; its {1} bytes are cut off",
            file,
            channel.size() - end);
      }
      channel.truncate(end);
      if (end == 0) {
        write(ByteBuffer.wrap(Frames.MAGIC), 0);
        end = Frames.MAGIC.length;
      }
      channel.force(true);
    }
  }

  /** Who opens a journal reads it soon after; here its checksums and the heads of its lines do. */
  private void seen(byte[] payload) throws IOException {
    OptionalLong last = LineHeads.last(payload);
    if (last.isEmpty() || LineHeads.mayOwn(payload)) {
      lines.read(payload, head, this::seen);
    } else {
      head = last.getAsLong();
    }
  }

  private void seen(Envelope envelope) {
    head = envelope.sequence();
    if (envelope.event() instanceof Event.RunOwned owned) {
      epoch = owned.epoch();
    }
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public Appended append(
      long expectedSequence, long appendEpoch, String appendId, List<Envelope> events) {
    if (broken) {
      return new Appended.Refused("an earlier append failed; open the journal anew");
    }
    if (expectedSequence != head) {
      return new Appended.Refused(
          "expected the journal at %d, found it at %d".formatted(expectedSequence, head));
    }
    if (appendEpoch < epoch || (appendEpoch > epoch && !Journal.takesOver(appendEpoch, events))) {
      return new Appended.Refused(
          "epoch %d does not own the run; epoch %d does".formatted(appendEpoch, epoch));
    }
    try {
      ByteBuffer frame = Frames.frame(lines.write(appendId, events));
      int size = frame.remaining();
      write(frame, end);
      channel.force(false);
      end += size;
      written += size;
      head = expectedSequence + events.size();
      epoch = appendEpoch;
      lastAppend = appendId;
      return new Appended.Accepted(head);
    } catch (IOException e) {
      broken = true;
      cutBack();
      return new Appended.Unknown(e);
    }
  }

  /** The lock is held until it is closed. */
  @Override
  public boolean isSurelyOwned() {
    return !broken;
  }

  /** A half-written frame would be cut when the journal is opened; try to do it at once. */
  private void cutBack() {
    try {
      channel.truncate(end);
      channel.force(true);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}: the end could not be cut back: {1}", file, e.getMessage());
    }
  }

  private void write(ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  @Override
  public OptionalLong find(String appendId) {
    return lastAppend.equals(appendId) && !broken ? OptionalLong.of(head) : OptionalLong.empty();
  }

  @Override
  public void read(long after, Consumer<Envelope> reader) throws IOException {
    read(file, lines, after, reader);
  }

  static void read(Path file, Lines lines, long after, Consumer<Envelope> reader)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      Frames.scan(file, in, (payload, offset) -> lines.read(payload, after, reader));
    }
  }

  static void readEnds(Path file, Lines lines, Consumer<Envelope> reader) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] first = FrameEnds.first(file, channel);
      if (first != null) {
        lines.read(first, 0, reader);
      }
      byte[] last = FrameEnds.last(channel);
      if (first != null && last != null && FrameEnds.endsOfFirst(first) < channel.size()) {
        lines.read(last, 0, reader);
      }
    }
  }

  @Override
  public void close() {
    try (lock) {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}: could not be closed: {1}", file, e.getMessage());
    }
  }
}
