package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of one PEM file and in no others. */
final class TrustedCa {

  private TrustedCa() {}

  static SSLContext of(Path file) throws CliException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw CliException.failure(file + ": holds no certificate; expected PEM");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate : certificates) {
        trusted.setCertificateEntry("ca " + trusted.size(), certificate);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILURE, file + ": the certificates cannot be read: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new CliException(
          ExitCode.FAILURE,
          file + ": are no certificates; expected X.509 as PEM: " + e.getMessage(),
          e);
    }
  }
}
