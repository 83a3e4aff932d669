package io.twinflow.executors.api.files;

import java.nio.ByteBuffer;

/** Two digests that grow together; asked for once, at the end. */
interface Sums {

  /** Takes all that remains in the buffer. */
  void add(ByteBuffer bytes);

  byte[] sha1();

  byte[] sha256();
}
