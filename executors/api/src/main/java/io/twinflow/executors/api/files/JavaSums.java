package io.twinflow.executors.api.files;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests of the JDK. */
final class JavaSums implements Sums {

  private final MessageDigest sha1 = algorithm("SHA-1");
  private final MessageDigest sha256 = algorithm("SHA-256");

  @Override
  public void add(ByteBuffer bytes) {
    sha1.update(bytes.duplicate());
    sha256.update(bytes);
  }

  @Override
  public byte[] sha1() {
    return sha1.digest();
  }

  @Override
  public byte[] sha256() {
    return sha256.digest();
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
