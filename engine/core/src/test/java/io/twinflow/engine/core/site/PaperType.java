package io.twinflow.engine.core.site;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.testing.FakeExecutor;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code type: paper}: a site that is only written down. Found by ServiceLoader, as real ones are.
 */
public final class PaperType implements ExecutorType {

  /** Those that were opened and not closed. */
  static final AtomicInteger OPEN = new AtomicInteger();

  @Override
  public String name() {
    return "paper";
  }

  @Override
  public Executor open(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
    String site = settings.name();
    settings.required("desk", "where it lies");
    FakeExecutor fake = FakeExecutor.instant();
    OPEN.incrementAndGet();
    return (Executor)
        Proxy.newProxyInstance(
            PaperType.class.getClassLoader(),
            new Class<?>[] {Executor.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "site" -> site;
                  case "equals" ->
                      arguments[0] instanceof Executor other && site.equals(other.site());
                  case "close" -> {
                    OPEN.decrementAndGet();
                    yield null;
                  }
                  default -> method.invoke(fake, arguments);
                });
  }
}
