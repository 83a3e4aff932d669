package io.twinflow.executors.local.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * posix_spawn(3) in a new session; docs/adr/20261120-spawning-processes.md has the measurements.
 */
final class NativeSpawner implements Spawner {

  private static final long ALIGN = 16;
  private static final long ROOM = 512;
  private static final int READ = 0;
  private static final int WRITE_CREATE_APPEND = 01 | 0100 | 02000;
  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;
  private static final int SETSID = 0x80;

  private final LibC libc;

  NativeSpawner(LibC libc) {
    this.libc = libc;
  }

  @Override
  public Child spawn(Launch launch) throws SpawnException {
    try (Arena arena = Arena.ofConfined()) {
      long actions = arena.allocate(ROOM, ALIGN).address();
      long attributes = arena.allocate(ROOM, ALIGN).address();
      check(libc.call(libc.actionsInit, actions), launch);
      check(libc.call(libc.attrInit, attributes), launch);
      try {
        streams(arena, actions, launch);
        ownSessionAndPlainSignals(arena, attributes, launch);
        MemorySegment pid = arena.allocate(JAVA_INT);
        check(
            libc.call(
                libc.spawn,
                pid.address(),
                arena.allocateFrom(launch.program().toString()).address(),
                actions,
                attributes,
                strings(arena, launch.arguments()),
                strings(arena, variables(launch))),
            launch);
        return new NativeChild(libc, pid.get(JAVA_INT, 0));
      } finally {
        libc.call(libc.actionsDestroy, actions);
        libc.call(libc.attrDestroy, attributes);
      }
    }
  }

  private void streams(Arena arena, long actions, Launch launch) throws SpawnException {
    open(arena, actions, 0, launch.stdin().toString(), READ, launch);
    open(arena, actions, 1, launch.stdout().toString(), WRITE_CREATE_APPEND, launch);
    if (launch.stdout().equals(launch.stderr())) {
      check(libc.call(libc.addDup2, actions, 1, 2, 0, 0, 0), launch);
    } else {
      open(arena, actions, 2, launch.stderr().toString(), WRITE_CREATE_APPEND, launch);
    }
    long directory = arena.allocateFrom(launch.directory().toString()).address();
    check(libc.call(libc.addChdir, actions, directory), launch);
    Path status = launch.status();
    if (status != null) {
      open(arena, actions, 3, status.toString(), WRITE_CREATE_APPEND, launch);
    }
    // The JVM opens files without close-on-exec.
    check(libc.call(libc.addCloseFrom, actions, status == null ? 3 : 4), launch);
  }

  private void open(Arena arena, long actions, int fd, String path, int flags, Launch launch)
      throws SpawnException {
    long name = arena.allocateFrom(path).address();
    check(libc.call(libc.addOpen, actions, fd, name, flags, 0666, 0), launch);
  }

  private void ownSessionAndPlainSignals(Arena arena, long attributes, Launch launch)
      throws SpawnException {
    long none = arena.allocate(ROOM, ALIGN).address();
    long all = arena.allocate(ROOM, ALIGN).address();
    check(libc.call(libc.sigfillset, all), launch);
    check(libc.call(libc.setMask, attributes, none), launch);
    check(libc.call(libc.setDefault, attributes, all), launch);
    check(libc.call(libc.setFlags, attributes, SETSID | SETSIGMASK | SETSIGDEF), launch);
  }

  private static List<String> variables(Launch launch) {
    List<String> variables = new ArrayList<>(launch.environment().size());
    launch.environment().forEach((name, value) -> variables.add(name + "=" + value));
    return variables;
  }

  private static long strings(Arena arena, List<String> strings) {
    MemorySegment pointers = arena.allocate(JAVA_LONG, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      pointers.setAtIndex(JAVA_LONG, i, arena.allocateFrom(strings.get(i)).address());
    }
    return pointers.address();
  }

  private static void check(int errno, Launch launch) throws SpawnException {
    if (errno != 0) {
      throw new SpawnException(errno, launch);
    }
  }
}
