package io.twinflow.executors.api.files;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The digests of libcrypto, over direct buffers. */
final class NativeSums implements Sums, AutoCloseable {

  private final LibCrypto crypto;
  private final LibCrypto.Digest sha1;
  private final LibCrypto.Digest sha256;

  NativeSums(LibCrypto crypto) {
    this.crypto = crypto;
    this.sha1 = crypto.sha1();
    this.sha256 = crypto.sha256();
  }

  @Override
  public void add(ByteBuffer bytes) {
    MemorySegment segment = MemorySegment.ofBuffer(bytes);
    crypto.update(sha1, segment);
    crypto.update(sha256, segment);
    bytes.position(bytes.limit());
  }

  @Override
  public byte[] sha1() {
    return crypto.end(sha1);
  }

  @Override
  public byte[] sha256() {
    return crypto.end(sha256);
  }

  @Override
  public void close() {
    crypto.free(sha1);
    crypto.free(sha256);
  }
}
