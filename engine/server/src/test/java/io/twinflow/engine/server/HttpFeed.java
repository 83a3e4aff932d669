package io.twinflow.engine.server;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Batches of CloudEvents over HTTP, to whichever server answers. */
record HttpFeed(Installation installation) implements Feed {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String source(Path folder) {
    return "";
  }

  @Override
  public String trigger() {
    return "filter: {source: /trial/http}\ninputs: {number: $(self.data.number)}\n";
  }

  @Override
  public void send(List<Integer> numbers) {
    String batch =
        numbers.stream()
            .map(number ->
                "{\"specversion\":\"1.0\",\"id\":\"%1$d\",\"source\":\"/trial/http\",\"type\":\"trial\",\"data\":{\"number\":%1$d}}"
                    .formatted(number))
            .collect(Collectors.joining(",", "[", "]"));
    installation.insist(
        server ->
            server.send(
                server
                    .to("/api/v1/events")
                    .header("Content-Type", "application/cloudevents-batch+json")
                    .POST(BodyPublishers.ofString(batch))),
        answer -> answer.statusCode() == 202);
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }
}
