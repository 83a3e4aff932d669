package io.twinflow.executors.local;

import io.twinflow.executors.api.ResourceRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A queue that never promises more than there is. First come, first served; while the first does
 * not fit, later ones that fit may pass it, but only so often that it is not starved: after that
 * everything waits until it fits.
 */
final class Admission<T> {

  private record Waiting<T>(T item, ResourceRequest request) {}

  /** How many may pass the first in the queue. */
  private static final int PASSES = 32;

  /** How far behind the first to look; bounds the work of one call. */
  private static final int LOOK_AHEAD = 64;

  private static final double EPSILON = 1e-6;

  private final double cores;
  private final long memoryMiB;
  private final Supplier<Gpus.Found> gpus;
  private final LongSupplier freeDiskMiB;
  private final Deque<Waiting<T>> queue = new ArrayDeque<>();
  private double freeCores;
  private long freeMemoryMiB;
  private int usedGpus;
  private long promisedDiskMiB;
  private int passed;

  /**
   * @param freeDiskMiB what is free now; what is promised is taken off it, although a part of that
   *     may be written already
   */
  Admission(double cores, long memoryMiB, Supplier<Gpus.Found> gpus, LongSupplier freeDiskMiB) {
    this.cores = cores;
    this.memoryMiB = memoryMiB;
    this.gpus = gpus;
    this.freeDiskMiB = freeDiskMiB;
    this.freeCores = cores;
    this.freeMemoryMiB = memoryMiB;
  }

  /** Why a request can never be met here; empty if it can. */
  Optional<String> impossible(ResourceRequest request) {
    List<String> asked = new ArrayList<>();
    if (request.cores() > cores + EPSILON) {
      asked.add("%s cores (there are %s)".formatted(plain(request.cores()), plain(cores)));
    }
    if (request.memoryMiB() > memoryMiB) {
      asked.add("%d MiB of memory (there are %d)".formatted(request.memoryMiB(), memoryMiB));
    }
    if (request.gpus() > 0 && request.gpus() > gpus.get().count()) {
      Gpus.Found found = gpus.get();
      asked.add(
          "%d GPU%s (there are %d: %s)"
              .formatted(
                  request.gpus(), request.gpus() == 1 ? "" : "s", found.count(), found.why()));
    }
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of("asks for " + String.join(", and for ", asked));
  }

  void add(T item, ResourceRequest request) {
    queue.add(new Waiting<>(item, request));
  }

  /** Takes an item out of the queue before its turn. */
  boolean remove(Predicate<T> which) {
    return queue.removeIf(waiting -> which.test(waiting.item()));
  }

  /** The next that fits, with its resources reserved until {@link #giveBack}. */
  Optional<T> next() {
    Iterator<Waiting<T>> waiting = queue.iterator();
    for (int place = 0; waiting.hasNext() && place < LOOK_AHEAD; place++) {
      Waiting<T> candidate = waiting.next();
      if (fits(candidate.request())) {
        waiting.remove();
        passed = place == 0 ? 0 : passed + 1;
        reserve(candidate.request(), 1);
        return Optional.of(candidate.item());
      }
      if (passed >= PASSES) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  void giveBack(ResourceRequest request) {
    reserve(request, -1);
  }

  /** What an item waits for; empty if it is not in the queue. */
  Optional<String> why(Predicate<T> which) {
    int before = 0;
    for (Waiting<T> waiting : queue) {
      if (which.test(waiting.item())) {
        return Optional.of(why(waiting.request(), before));
      }
      before++;
    }
    return Optional.empty();
  }

  private String why(ResourceRequest request, int before) {
    List<String> missing = new ArrayList<>();
    if (request.cores() > freeCores + EPSILON) {
      missing.add(
          "%s of %s cores, of which %s are free"
              .formatted(plain(request.cores()), plain(cores), plain(Math.max(0, freeCores))));
    }
    if (request.memoryMiB() > freeMemoryMiB) {
      missing.add(
          "%d of %d MiB of memory, of which %d are free"
              .formatted(request.memoryMiB(), memoryMiB, Math.max(0, freeMemoryMiB)));
    }
    if (request.gpus() > 0 && request.gpus() > gpus.get().count() - usedGpus) {
      missing.add(
          "%d of %d GPUs, of which %d are free"
              .formatted(request.gpus(), gpus.get().count(), gpus.get().count() - usedGpus));
    }
    if (!fitsOnDisk(disk(request))) {
      missing.add(
          "%d MiB of disk beside the %d MiB promised to others"
              .formatted(disk(request), promisedDiskMiB));
    }
    String needs = missing.isEmpty() ? "its turn" : String.join(", and ", missing);
    return before == 0
        ? "needs " + needs
        : "needs %s; %d came before it and wait too".formatted(needs, before);
  }

  private boolean fits(ResourceRequest request) {
    return request.cores() <= freeCores + EPSILON
        && request.memoryMiB() <= freeMemoryMiB
        && (request.gpus() == 0 || request.gpus() <= gpus.get().count() - usedGpus)
        && fitsOnDisk(disk(request));
  }

  /** With nothing promised it may try: then nobody else's end would make more room. */
  private boolean fitsOnDisk(long mib) {
    return mib == 0 || promisedDiskMiB == 0 || promisedDiskMiB + mib <= freeDiskMiB.getAsLong();
  }

  private static long disk(ResourceRequest request) {
    return request.outdirMiB() + request.tmpdirMiB();
  }

  private void reserve(ResourceRequest request, int sign) {
    freeCores -= sign * request.cores();
    freeMemoryMiB -= sign * request.memoryMiB();
    usedGpus += sign * request.gpus();
    promisedDiskMiB += sign * disk(request);
  }

  private static String plain(double cores) {
    return cores == Math.rint(cores) ? Long.toString((long) cores) : Double.toString(cores);
  }
}
