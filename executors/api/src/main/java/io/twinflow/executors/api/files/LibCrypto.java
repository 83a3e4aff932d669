package io.twinflow.executors.api.files;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The digests of OpenSSL's libcrypto, versions 1.1 and 3 (man page EVP_DigestInit). All functions
 * are called through one handle of six 64-bit words, because each shape of a call costs a start-up
 * of milliseconds and the local executor's calls to the C library have this one. Integers and
 * pointers travel in the same registers on both architectures supported here, and what a function
 * does not take it does not look at.
 */
final class LibCrypto {

  /** A context of libcrypto's, to be freed. */
  record Digest(long context, int length) {}

  private static final class Holder {
    static final @Nullable LibCrypto INSTANCE = load();
  }

  private static final List<String> LIBRARIES = List.of("libcrypto.so.3", "libcrypto.so.1.1");
  private static final int SHA1_BYTES = 20;
  private static final int SHA256_BYTES = 32;

  private final MethodHandle call;
  private final MemorySegment create;
  private final MemorySegment init;
  private final MemorySegment update;
  private final MemorySegment end;
  private final MemorySegment free;
  private final MemorySegment sha1;
  private final MemorySegment sha256;

  private LibCrypto(Linker linker, SymbolLookup symbols) {
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    call = linker.downcallHandle(FunctionDescriptor.of(word, word, word, word, word, word, word));
    create = symbols.findOrThrow("EVP_MD_CTX_new");
    init = symbols.findOrThrow("EVP_DigestInit_ex");
    update = symbols.findOrThrow("EVP_DigestUpdate");
    end = symbols.findOrThrow("EVP_DigestFinal_ex");
    free = symbols.findOrThrow("EVP_MD_CTX_free");
    sha1 = symbols.findOrThrow("EVP_sha1");
    sha256 = symbols.findOrThrow("EVP_sha256");
  }

  /** Null where there is none, or none that may digest as it should. */
  static @Nullable LibCrypto loaded() {
    return Holder.INSTANCE;
  }

  private static @Nullable LibCrypto load() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    if (!system.equals("linux") || !(machine.equals("amd64") || machine.equals("aarch64"))) {
      return null;
    }
    for (String library : LIBRARIES) {
      try {
        LibCrypto crypto =
            new LibCrypto(
                Linker.nativeLinker(), SymbolLookup.libraryLookup(library, Arena.global()));
        return crypto.digestsAsJava() ? crypto : null;
      } catch (RuntimeException e) {
        // Not there, too old, forbidden to this JVM, or SHA-1 forbidden to all: Java can do it too.
        System.getLogger(LibCrypto.class.getName())
            .log(System.Logger.Level.DEBUG, "no digests from {0}: {1}", library, e.getMessage());
      }
    }
    return null;
  }

  private boolean digestsAsJava() {
    byte[] text = "twinflow".getBytes(StandardCharsets.UTF_8);
    JavaSums expected = new JavaSums();
    expected.add(ByteBuffer.wrap(text));
    try (NativeSums found = new NativeSums(this)) {
      found.add(ByteBuffer.allocateDirect(text.length).put(text).flip());
      return Arrays.equals(expected.sha1(), found.sha1())
          && Arrays.equals(expected.sha256(), found.sha256());
    }
  }

  Digest sha1() {
    return begin(sha1, SHA1_BYTES);
  }

  Digest sha256() {
    return begin(sha256, SHA256_BYTES);
  }

  private Digest begin(MemorySegment algorithm, int length) {
    Digest digest = new Digest(call(create, 0, 0, 0), length);
    if (digest.context() == 0) {
      throw new IllegalStateException("libcrypto has no memory for a digest");
    }
    succeed("EVP_DigestInit_ex", call(init, digest.context(), call(algorithm, 0, 0, 0), 0));
    return digest;
  }

  void update(Digest digest, MemorySegment bytes) {
    succeed("EVP_DigestUpdate", call(update, digest.context(), bytes.address(), bytes.byteSize()));
  }

  byte[] end(Digest digest) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sum = arena.allocate(digest.length());
      succeed("EVP_DigestFinal_ex", call(end, digest.context(), sum.address(), 0));
      return sum.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  void free(Digest digest) {
    call(free, digest.context(), 0, 0);
  }

  private static void succeed(String function, long answer) {
    if ((int) answer != 1) {
      throw new IllegalStateException(function + " of libcrypto failed");
    }
  }

  private long call(MemorySegment function, long a, long b, long c) {
    try {
      return (long) call.invokeExact(function, a, b, c, 0L, 0L, 0L);
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call to libcrypto threw", e);
    }
  }
}
