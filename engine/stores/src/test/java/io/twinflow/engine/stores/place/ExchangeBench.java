package io.twinflow.engine.stores.place;

import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.engine.stores.s3.S3Bucket;
import io.twinflow.engine.stores.s3.S3Place;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.bundle.remote.TicketListener;
import io.twinflow.executors.bundle.remote.TicketOffice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bucket, an office with tickets for it, and sites that exchange files through them. */
final class ExchangeBench implements AutoCloseable {

  static final String INSTALLATION = "contract";

  private final S3Bucket bucket;
  private final TicketListener listener;
  private final Exchange exchange;
  private volatile @Nullable Consumer<String> beforeAnswer;

  ExchangeBench(S3Site site) throws IOException {
    bucket = Gateway.newBucket(site);
    TicketOffice[] office = new TicketOffice[1];
    listener =
        new TicketListener(
            (attempt, question) -> {
              TicketOffice.Answer answer = office[0].answer(attempt, question);
              Consumer<String> hook = beforeAnswer;
              if (hook != null) {
                hook.accept(question.split("\n", -1)[1].split(" ", -1)[0]);
              }
              return answer;
            },
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    exchange =
        new Exchange(
            new S3Place(bucket, "tests/"),
            listener.url(),
            "nobody can guess this, can they?",
            key -> "runs/%s/work/%d.%d".formatted(key.run(), key.task(), key.attempt()));
    office[0] = TicketOffice.of(INSTALLATION, exchange);
  }

  /** Told which word was asked, before the answer goes out. */
  void beforeAnswer(Consumer<String> hook) {
    beforeAnswer = hook;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Found and configured as an engine does it. */
  Executor open(String type, String site, Map<String, Setting> fields) {
    Settings settings = Settings.of("sites", site, fields, "test");
    try {
      Executor executor =
          ServiceLoader.load(ExecutorType.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(found -> found.name().equals(type))
              .findFirst()
              .orElseThrow()
              .open(settings, new Surroundings(Path.of("/nowhere"), Optional.of(exchange)));
      settings.end();
      return executor;
    } catch (InvalidSettingException e) {
      throw new AssertionError(e);
    }
  }

  static Setting section(Map<String, String> fields) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    fields.forEach((name, value) -> settings.put(name, text(value)));
    return new Setting(new Written.Fields(settings), "test");
  }

  static Setting text(String text) {
    return Setting.text(text, "test");
  }

  @Override
  public void close() throws IOException {
    listener.close();
    bucket.close();
  }
}
