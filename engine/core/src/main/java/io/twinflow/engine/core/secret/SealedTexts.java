package io.twinflow.engine.core.secret;

import io.twinflow.engine.core.plan.Digests;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Secrets as bytes, by AES-256-GCM (NIST SP 800-38D): a line that names the format and the key, the
 * nonce, the sealed JSON. The line and the owner's name are authenticated too, so that what belongs
 * to one run cannot be laid under another.
 */
record SealedTexts(SecretKey key, String owner) {

  private static final String FORMAT = "twinflow-secrets 1 ";
  private static final int KEY_NAME = 16;
  private static final int HEADER = FORMAT.length() + KEY_NAME + 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  byte[] seal(Map<String, String> texts) {
    Map<String, Value> fields = new LinkedHashMap<>();
    texts.forEach((handle, text) -> fields.put(handle, new StringValue(text)));
    byte[] plain = ValueJson.write(new RecordValue(fields)).getBytes(StandardCharsets.UTF_8);
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
      return ByteBuffer.allocate(HEADER + NONCE + sealed.length)
          .put(header())
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  Map<String, String> open(byte[] bytes) throws SecretsUnreadableException {
    if (bytes.length < HEADER + NONCE
        || !new String(bytes, 0, FORMAT.length(), StandardCharsets.US_ASCII).equals(FORMAT)) {
      throw new SecretsUnreadableException("it is not a file of secrets that this Twinflow knows");
    }
    if (!Arrays.equals(header(), Arrays.copyOf(bytes, HEADER))) {
      throw new SecretsUnreadableException(
          "it was written with another key; put that key back, or start the run anew");
    }
    try {
      byte[] nonce = Arrays.copyOfRange(bytes, HEADER, HEADER + NONCE);
      return texts(
          cipher(Cipher.DECRYPT_MODE, nonce)
              .doFinal(bytes, HEADER + NONCE, bytes.length - HEADER - NONCE));
    } catch (AEADBadTagException e) {
      throw new SecretsUnreadableException(
          "it was changed after it was written, or belongs to another run");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private static Map<String, String> texts(byte[] plain) throws SecretsUnreadableException {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      if (ValueJson.read(new String(plain, StandardCharsets.UTF_8)) instanceof RecordValue all) {
        for (Map.Entry<String, Value> entry : all.fields().entrySet()) {
          if (entry.getValue() instanceof StringValue(String text)) {
            texts.put(entry.getKey(), text);
          }
        }
      }
      return texts;
    } catch (InvalidJsonException e) {
      throw new SecretsUnreadableException("what it holds is not JSON");
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header());
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private byte[] header() {
    String name = Digests.sha256(HexFormat.of().formatHex(key.getEncoded())).substring(0, KEY_NAME);
    return (FORMAT + name + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "secrets of " + owner;
  }
}
