package io.twinflow.engine.server.api;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;

/** Problem details also for requests that are so wrong that Tomcat shows them to nobody. */
@Configuration(proxyBeanMethods = false)
class ConnectorErrors {

  @Bean
  TomcatContextCustomizer problemsOfTomcat() {
    return context -> {
      Container host = context.getParent();
      if (host instanceof StandardHost standard) {
        standard.setErrorReportValveClass(Valve.class.getName());
      }
    };
  }

  /** Made by Tomcat. */
  public static final class Valve extends ErrorReportValve {

    private static final Logger LOG = System.getLogger(Valve.class.getName());

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
      int code = response.getStatus();
      HttpStatus status = HttpStatus.resolve(code);
      if (code < 400 || status == null || !response.setErrorReported()) {
        return;
      }
      try {
        response.setContentType("application/problem+json");
        response
            .getOutputStream()
            .write(
                "{\"title\":\"%s\",\"status\":%d,\"detail\":\"the request cannot be understood\"}"
                    .formatted(status.getReasonPhrase(), code)
                    .getBytes(StandardCharsets.UTF_8));
        response.finishResponse();
      } catch (IOException | IllegalStateException e) {
        LOG.log(Level.DEBUG, "an error could not be told: {0}", e.getMessage());
      }
    }
  }
}
