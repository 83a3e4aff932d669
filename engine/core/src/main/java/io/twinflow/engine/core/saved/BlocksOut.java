package io.twinflow.engine.core.saved;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Bytes in blocks: length, the CRC-32C of all bytes up to the end of the block, the bytes; last a
 * block without bytes. So nothing is believed that was changed, and nothing taken for whole that is
 * not.
 */
final class BlocksOut extends OutputStream {

  static final int MOST = 1 << 16;

  private final DataOutputStream out;
  private final byte[] block = new byte[MOST];
  private final CRC32C crc = new CRC32C();
  private int size;

  BlocksOut(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  @Override
  public void write(int b) throws IOException {
    if (size == MOST) {
      writeBlock();
    }
    block[size++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      if (size == MOST) {
        writeBlock();
      }
      int some = Math.min(end - from, MOST - size);
      System.arraycopy(bytes, from, block, size, some);
      size += some;
      from += some;
    }
  }

  private void writeBlock() throws IOException {
    crc.update(block, 0, size);
    out.writeInt(size);
    out.writeInt((int) crc.getValue());
    out.write(block, 0, size);
    size = 0;
  }

  /** Nothing more comes. The stream beneath stays open. */
  void end() throws IOException {
    if (size > 0) {
      writeBlock();
    }
    writeBlock();
    out.flush();
  }
}
