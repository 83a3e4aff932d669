package io.twinflow.engine.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes something when it is first asked for, once. */
final class Lazily {

  private Lazily() {}

  static <T> Supplier<T> once(Supplier<T> make) {
    return new Supplier<>() {
      private @Nullable T made;

      @Override
      public synchronized T get() {
        T known = made;
        if (known == null) {
          known = make.get();
          made = known;
        }
        return known;
      }
    };
  }
}
