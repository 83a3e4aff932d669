package io.twinflow.engine.core.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The form of a journal file: a header line, then one frame per append. A frame is its payload's
 * length (4 bytes), the payload's CRC-32C (4), the CRC-32C of those eight bytes (4), and the
 * payload: one line of JSON per event. One frame is one write and one fsync, so only the last frame
 * can be torn, and an append is whole or not there.
 *
 * <p>A torn frame is one that the file ends in, or one with blocks that were never written (zeros;
 * JSON has none). Everything else that does not match its checksum is damage, also in the last
 * frame: effects may have followed from it.
 */
final class Frames {

  static final byte[] MAGIC = "twinflow-journal 1\n".getBytes(StandardCharsets.US_ASCII);
  static final int HEAD = 12;

  /** No append comes near it; a larger length is damage and not a reason to allocate. */
  static final int MAX = 256 * 1024 * 1024;

  private static final int UNWRITTEN = 8;

  private Frames() {}

  /** Takes the payload of each whole frame. */
  interface Reader {
    void frame(byte[] payload, long offset) throws IOException;
  }

  static ByteBuffer frame(byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(HEAD + payload.length);
    frame.putInt(payload.length).putInt(crc(payload));
    frame.putInt(crc(Arrays.copyOf(frame.array(), 8)));
    return frame.put(payload).flip();
  }

  /**
   * Reads frames from the start of a journal file.
   *
   * @return the offset behind the last whole frame; what follows is torn
   * @throws DamagedJournalException with the offset
   */
  static long scan(Path file, InputStream in, Reader reader) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      if (Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length)) && magic.length < MAGIC.length) {
        return 0;
      }
      throw new DamagedJournalException(header(file, magic));
    }
    long offset = MAGIC.length;
    while (true) {
      byte[] head = in.readNBytes(HEAD);
      if (head.length < HEAD || isZero(head)) {
        return offset;
      }
      ByteBuffer fields = ByteBuffer.wrap(head);
      int length = fields.getInt();
      int crc = fields.getInt();
      if (fields.getInt() != crc(Arrays.copyOf(head, 8)) || length < 0 || length > MAX) {
        throw damaged(file, offset);
      }
      byte[] payload = in.readNBytes(length);
      if (payload.length < length) {
        return offset;
      }
      if (crc(payload) != crc) {
        if (hasUnwritten(payload)) {
          return offset;
        }
        throw damaged(file, offset);
      }
      reader.frame(payload, offset);
      offset += HEAD + (long) length;
    }
  }

  /** Whether a frame stands here that ends with the buffer and matches its checksums. */
  static boolean isWhole(ByteBuffer buffer, int at) {
    byte[] head = new byte[HEAD];
    buffer.get(at, head);
    byte[] payload = new byte[buffer.limit() - at - HEAD];
    buffer.get(at + HEAD, payload);
    ByteBuffer fields = ByteBuffer.wrap(head);
    return fields.getInt(8) == crc(Arrays.copyOf(head, 8)) && fields.getInt(4) == crc(payload);
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasUnwritten(byte[] payload) {
    int run = 0;
    for (byte b : payload) {
      run = b == 0 ? run + 1 : 0;
      if (run >= UNWRITTEN) {
        return true;
      }
    }
    return run > 0;
  }

  private static String header(Path file, byte[] magic) {
    String found = new String(magic, StandardCharsets.US_ASCII);
    return found.startsWith("twinflow-journal ")
        ? "%s was written by a newer Twinflow (it begins with '%s'); use that version to read it"
            .formatted(file, found.strip())
        : "%s is not a journal: it does not begin with 'twinflow-journal 1'".formatted(file);
  }

  private static DamagedJournalException damaged(Path file, long offset) {
    return new DamagedJournalException(
        "%s is damaged at byte %d: the frame there does not match its checksum. Restore the file from a backup; what stands before that byte can be read with head -c %d"
            .formatted(file, offset, offset));
  }
}
