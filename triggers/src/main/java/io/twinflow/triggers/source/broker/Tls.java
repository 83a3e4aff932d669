package io.twinflow.triggers.source.broker;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Speaking with a broker over TLS. The files are read for each connection, so they may be renewed.
 *
 * @param authority certificates of who signed the broker's (PEM); null for those the JDK trusts
 * @param certificate of this client (PEM), and those between it and its authority; null for none
 * @param key of the certificate (PEM, PKCS #8); null exactly if certificate is
 */
public record Tls(@Nullable Path authority, @Nullable Path certificate, @Nullable Path key) {

  private static final char[] NO_PASSWORD = new char[0];
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

  /** Reads {@code tls}, {@code authority}, {@code certificate} and {@code key}. */
  static Optional<Tls> read(Settings settings) throws InvalidSettingException {
    boolean on = settings.isTrue("tls", false);
    Tls tls =
        new Tls(
            settings.folder("authority").orElse(null),
            settings.folder("certificate").orElse(null),
            settings.folder("key").orElse(null));
    if (!on && !tls.equals(new Tls(null, null, null))) {
      throw settings.wrong("tls", "true, because there are certificates");
    }
    if (tls.certificate == null && tls.key != null) {
      throw settings.wrong("certificate", "a file with the certificate of the key, as PEM");
    }
    if (tls.certificate != null && tls.key == null) {
      throw settings.wrong("key", "a file with the key of the certificate, as PEM (PKCS #8)");
    }
    return on ? Optional.of(tls) : Optional.empty();
  }

  /**
   * A context whose clients check the broker's name too, also those that would not by themselves.
   */
  public SSLContext context() throws Trouble {
    try {
      KeyManagerFactory keys = keys();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys == null ? null : keys.getKeyManagers(),
          new TrustManager[] {CheckNames.of(trust())},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new Trouble("TLS cannot be set up: " + e.getMessage(), "", e);
    }
  }

  public TrustManagerFactory trust() throws Trouble {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore trusted = null;
      if (authority != null) {
        trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (Certificate one : certificates(authority, "authority")) {
          trusted.setCertificateEntry("ca " + trusted.size(), one);
        }
      }
      managers.init(trusted);
      return managers;
    } catch (IOException | GeneralSecurityException e) {
      throw asTrouble("authority", e);
    }
  }

  /** Null if this client shows no certificate. */
  public @Nullable KeyManagerFactory keys() throws Trouble {
    if (certificate == null || key == null) {
      return null;
    }
    try {
      KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
      own.load(null, null);
      own.setKeyEntry(
          "own",
          privateKey(key),
          NO_PASSWORD,
          certificates(certificate, "certificate").toArray(new Certificate[0]));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(own, NO_PASSWORD);
      return managers;
    } catch (IOException | GeneralSecurityException e) {
      throw asTrouble("key", e);
    }
  }

  private static Trouble asTrouble(String field, Exception e) {
    return e instanceof Trouble trouble
        ? trouble
        : new Trouble("%s: %s".formatted(field, e.getMessage()), "mend " + field + ":", e);
  }

  private static Collection<? extends Certificate> certificates(Path file, String field)
      throws Trouble {
    String mend = "%s: wants a file of certificates (X.509) as PEM".formatted(field);
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new Trouble(file + " holds no certificate", mend);
      }
      return found;
    } catch (Trouble e) {
      throw e;
    } catch (IOException | GeneralSecurityException e) {
      throw new Trouble("%s cannot be read: %s".formatted(file, e), mend, e);
    }
  }

  private static PrivateKey privateKey(Path file) throws Trouble {
    String mend =
        "key: wants a file with a key that has no password, as PEM (PKCS #8: BEGIN PRIVATE KEY)";
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      PKCS8EncodedKeySpec encoded =
          new PKCS8EncodedKeySpec(
              Base64.getMimeDecoder()
                  .decode(text.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----|-----END.*", "")));
      for (String kind : KINDS) {
        Optional<PrivateKey> found = privateKey(kind, encoded);
        if (found.isPresent()) {
          return found.get();
        }
      }
      throw new Trouble(file + " holds no key of a kind that is known", mend);
    } catch (Trouble e) {
      throw e;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new Trouble("%s cannot be read: %s".formatted(file, e), mend, e);
    }
  }

  private static Optional<PrivateKey> privateKey(String kind, PKCS8EncodedKeySpec encoded)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePrivate(encoded));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }
}
