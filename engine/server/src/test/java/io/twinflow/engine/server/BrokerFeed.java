package io.twinflow.engine.server;

import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract.Sent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * CloudEvents over a broker that keeps them.
 *
 * @param where what its line says beside addresses, user and password
 * @param saves whether it forgets what it confirmed when it is killed, unless it is told to write
 *     it before: mosquitto
 * @param calm held while it may not be killed
 */
record BrokerFeed(
    String name,
    Peer peer,
    Publisher publisher,
    String place,
    String where,
    boolean saves,
    ReentrantLock calm)
    implements Feed {

  static BrokerFeed made(
      String name, Peer peer, Publisher publisher, String place, String where, boolean saves)
      throws Exception {
    publisher.make(place);
    return new BrokerFeed(name, peer, publisher, place, where, saves, new ReentrantLock());
  }

  @Override
  public String source(Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve(name + "-password"), peer.password());
    return "  %s: {type: %s, addresses: '%s', user: %s, password: {file: %s}, %s, for: everyone}\n"
        .formatted(name, name, peer.address(), peer.user(), password, where);
  }

  @Override
  public String trigger() {
    return "source: %s\nfilter: {type: trial}\ninputs: {number: $(self.data.number)}\n"
        .formatted(name);
  }

  @Override
  public void send(List<Integer> numbers) throws Exception {
    if (saves) {
      calm.lock();
    }
    try {
      publisher.send(place, numbers.stream().map(this::event).toList());
    } finally {
      if (saves) {
        calm.unlock();
      }
    }
  }

  private Sent event(int number) {
    return new Sent(
        "{\"number\":%d}".formatted(number),
        Map.of(
            "specversion",
            "1.0",
            "id",
            Integer.toString(number),
            "source",
            "/trial/" + name,
            "type",
            "trial",
            "datacontenttype",
            "application/json"));
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }

  @Override
  public boolean kill() throws Exception {
    calm.lock();
    try {
      if (saves) {
        peer.tell("save");
      }
      peer.tell("kill");
    } finally {
      calm.unlock();
    }
    peer.tell("start");
    return true;
  }

  @Override
  public void close() throws Exception {
    peer.tell("stop");
  }
}
