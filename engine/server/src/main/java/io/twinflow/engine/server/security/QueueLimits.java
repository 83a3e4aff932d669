package io.twinflow.engine.server.security;

import javax.sql.DataSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** How many runs of a subject may wait or run, as the strictest of their tokens says. */
@Component
public final class QueueLimits {

  private static final String TENANT = "default";
  private static final String AGAIN_AFTER_SECONDS = "10";

  private final JdbcClient database;

  QueueLimits(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  /**
   * @throws ErrorResponseException with status 429 and Retry-After if there are as many
   */
  public void check(String subject) {
    database
        .sql(
            """
            SELECT most, open FROM
              (SELECT min(most_queued) AS most FROM token WHERE tenant = :tenant
                AND subject = :subject AND revoked IS NULL
                AND (expires IS NULL OR expires > now())) limits,
              LATERAL (SELECT count(*) AS open FROM run WHERE tenant = :tenant
                AND subject = :subject AND ended IS NULL AND most IS NOT NULL) runs
            WHERE open >= most
            """)
        .param("tenant", TENANT)
        .param("subject", subject)
        .query((row, number) -> new int[] {row.getInt(1), row.getInt(2)})
        .optional()
        .ifPresent(found -> refuse(subject, found[0], found[1]));
  }

  private static void refuse(String subject, int most, int open) {
    ErrorResponseException refused =
        new ErrorResponseException(
            HttpStatus.TOO_MANY_REQUESTS,
            ProblemDetail.forStatusAndDetail(
                HttpStatus.TOO_MANY_REQUESTS,
                "%s has %d runs that have not ended and may have %d; wait for one, or cancel one"
                    .formatted(subject, open, most)),
            null);
    refused.getHeaders().set(HttpHeaders.RETRY_AFTER, AGAIN_AFTER_SECONDS);
    throw refused;
  }
}
