package io.twinflow.executors.local.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The few functions of the C library that start and reap a process. All are called through one
 * handle of six 64-bit words, because each shape of a call costs a start-up of milliseconds and
 * integers and pointers travel in the same registers on both architectures supported here.
 */
final class LibC {

  /** With {@code -Dtwinflow.libc=off} processes are started as where there is no such library. */
  private static final String SWITCH = "twinflow.libc";

  private static final class Holder {
    static final @Nullable LibC INSTANCE = load();
  }

  private final MethodHandle call;
  final MemorySegment spawn;
  final MemorySegment wait4;
  final MemorySegment kill;
  final MemorySegment sigfillset;
  final MemorySegment actionsInit;
  final MemorySegment actionsDestroy;
  final MemorySegment addOpen;
  final MemorySegment addDup2;
  final MemorySegment addChdir;
  final MemorySegment addCloseFrom;
  final MemorySegment attrInit;
  final MemorySegment attrDestroy;
  final MemorySegment setFlags;
  final MemorySegment setMask;
  final MemorySegment setDefault;

  private LibC(Linker linker, List<MemorySegment> f) {
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    call = linker.downcallHandle(FunctionDescriptor.of(word, word, word, word, word, word, word));
    spawn = f.get(0);
    wait4 = f.get(1);
    kill = f.get(2);
    sigfillset = f.get(3);
    actionsInit = f.get(4);
    actionsDestroy = f.get(5);
    addOpen = f.get(6);
    addDup2 = f.get(7);
    addChdir = f.get(8);
    addCloseFrom = f.get(9);
    attrInit = f.get(10);
    attrDestroy = f.get(11);
    setFlags = f.get(12);
    setMask = f.get(13);
    setDefault = f.get(14);
  }

  /** Null where the system or its C library lacks one of the functions, or it is switched off. */
  static @Nullable LibC loaded() {
    return System.getProperty(SWITCH, "").equals("off") ? null : Holder.INSTANCE;
  }

  private static @Nullable LibC load() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    if (!system.equals("linux") || !(machine.equals("amd64") || machine.equals("aarch64"))) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    SymbolLookup symbols = linker.defaultLookup();
    List<String> names =
        List.of(
            "posix_spawn",
            "wait4",
            "kill",
            "sigfillset",
            "posix_spawn_file_actions_init",
            "posix_spawn_file_actions_destroy",
            "posix_spawn_file_actions_addopen",
            "posix_spawn_file_actions_adddup2",
            "posix_spawn_file_actions_addchdir_np",
            "posix_spawn_file_actions_addclosefrom_np",
            "posix_spawnattr_init",
            "posix_spawnattr_destroy",
            "posix_spawnattr_setflags",
            "posix_spawnattr_setsigmask",
            "posix_spawnattr_setsigdefault");
    List<MemorySegment> found = names.stream().flatMap(n -> symbols.find(n).stream()).toList();
    return found.size() == names.size() ? new LibC(linker, found) : null;
  }

  int call(MemorySegment function, long a) {
    return call(function, a, 0, 0, 0, 0, 0);
  }

  int call(MemorySegment function, long a, long b) {
    return call(function, a, b, 0, 0, 0, 0);
  }

  int call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (int) (long) call.invokeExact(function, a, b, c, d, e, f);
    } catch (Error | RuntimeException e1) {
      throw e1;
    } catch (Throwable e1) {
      throw new IllegalStateException("a call to the C library threw", e1);
    }
  }
}
