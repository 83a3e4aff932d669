package io.twinflow.executors.local.process;

/** Starts processes in a session of their own, with no open file but the three streams. */
public interface Spawner {

  Child spawn(Launch launch) throws SpawnException;

  /** The cheapest way this machine offers. */
  static Spawner best() {
    LibC libc = LibC.loaded();
    return libc == null ? new JdkSpawner() : new NativeSpawner(libc);
  }
}
