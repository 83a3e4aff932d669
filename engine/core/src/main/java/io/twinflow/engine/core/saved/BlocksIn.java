package io.twinflow.engine.core.saved;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** Reads what {@link BlocksOut} wrote; gives no byte that was not checked. */
final class BlocksIn extends InputStream {

  private final DataInputStream in;
  private final byte[] block = new byte[BlocksOut.MOST];
  private final CRC32C crc = new CRC32C();
  private int at;
  private int size;
  private boolean ended;

  BlocksIn(InputStream in) {
    this.in = new DataInputStream(in);
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? block[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int some = Math.min(length, size - at);
    System.arraycopy(block, at, bytes, offset, some);
    at += some;
    return some;
  }

  private boolean hasMore() throws IOException {
    if (at == size && !ended) {
      readBlock();
    }
    return at < size;
  }

  private void readBlock() throws IOException {
    int length = in.readInt();
    int expected = in.readInt();
    if (length < 0 || length > BlocksOut.MOST) {
      throw new IOException("a block of %d bytes".formatted(length));
    }
    in.readFully(block, 0, length);
    crc.update(block, 0, length);
    if ((int) crc.getValue() != expected) {
      throw new IOException("a block does not match its checksum");
    }
    at = 0;
    size = length;
    ended = length == 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
