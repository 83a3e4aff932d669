package io.twinflow.engine.stores.s3;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InsufficientDataException;
import io.minio.errors.ServerException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * What a store's refusals mean, in words for people: where, what it said, how to mend it. Never
 * credentials.
 *
 * @param place the endpoint and bucket
 */
record S3Words(String place, String bucket) {

  /** The failure of one call as an {@link IOException} of this engine's kind. */
  IOException of(String key, Throwable failure) {
    return switch (failure) {
      case ErrorResponseException refused -> refused(key, refused);
      case NoSuchFileException missing -> missing;
      case FileNotFoundException missing ->
          new NoSuchFileException(String.valueOf(missing.getMessage()));
      case IOException unreachable ->
          new IOException(
              "%s: %s could not be reached or broke off: %s; check the network, the endpoint's address and whether the store is up"
                  .formatted(key, place, said(unreachable)),
              unreachable);
      case ServerException down ->
          new IOException(
              "%s: %s answered with status %d; it is in trouble, look at its own logs"
                  .formatted(key, place, down.statusCode()),
              down);
      default -> new IOException("%s: %s: %s".formatted(key, place, said(failure)), failure);
    };
  }

  private IOException refused(String key, ErrorResponseException failure) {
    String code = String.valueOf(failure.errorResponse().code());
    String said = failure.errorResponse().message();
    String words = said == null || said.isBlank() || said.equals(code) ? code : code + ": " + said;
    return switch (code) {
      case "NoSuchKey", "NoSuchVersion", "NoSuchUpload" ->
          new NoSuchFileException(key, null, "there is no such artifact in " + place);
      case "PreconditionFailed" ->
          new NoSuchFileException(key, null, "it was replaced in %s since".formatted(place));
      case "NoSuchBucket" ->
          new IOException(
              "there is no bucket '%s' at %s (for %s); make it, or mend the bucket's name"
                  .formatted(bucket, place, key));
      case "InvalidAccessKeyId" ->
          new AccessDeniedException(
              key,
              null,
              "%s does not know the access key (%s); mend it in the server's configuration"
                  .formatted(place, words));
      case "SignatureDoesNotMatch" ->
          new AccessDeniedException(
              key,
              null,
              "%s refused the secret key (%s); mend it in the server's configuration"
                  .formatted(place, words));
      case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
          new AccessDeniedException(
              key,
              null,
              "%s refused access (%s); the account needs the right to list, read, write and delete there"
                  .formatted(place, words));
      case "RequestTimeTooSkewed" ->
          new IOException(
              "%s: %s says that this machine's clock is wrong (%s); set it by NTP"
                  .formatted(key, place, words));
      case "QuotaExceeded", "EntityTooLarge" ->
          new IOException(
              "%s: %s has no room for it (%s); free some, or raise the quota"
                  .formatted(key, place, words));
      default -> new IOException("%s: %s answered: %s".formatted(key, place, words), failure);
    };
  }

  /** Whether the same call may go well in a moment. */
  static boolean isPassing(Throwable failure) {
    return switch (failure) {
      case ErrorResponseException refused ->
          refused.response() != null && refused.response().code() >= 500;
      case ServerException _, InsufficientDataException _ -> true;
      case FileNotFoundException _, NoSuchFileException _ -> false;
      case IOException _ -> true;
      default -> false;
    };
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
