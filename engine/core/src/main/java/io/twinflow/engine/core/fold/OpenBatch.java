package io.twinflow.engine.core.fold;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** A submission some of whose attempts have not ended. */
public final class OpenBatch {

  private final long number;
  private final String site;
  private final long epoch;
  private final Map<Long, Integer> open = new HashMap<>();
  String siteId = "";

  OpenBatch(long number, String site, long epoch) {
    this.number = number;
    this.site = site;
    this.epoch = epoch;
  }

  FoldState.Batch save() {
    return new FoldState.Batch(number, site, epoch, siteId, open);
  }

  static OpenBatch restored(FoldState.Batch saved) {
    OpenBatch batch = new OpenBatch(saved.number(), saved.site(), saved.epoch());
    batch.siteId = saved.siteId();
    batch.open.putAll(saved.open());
    return batch;
  }

  public long number() {
    return number;
  }

  public String site() {
    return site;
  }

  /** Of the engine that submitted it. */
  public long epoch() {
    return epoch;
  }

  public String siteId() {
    return siteId;
  }

  /** Task to attempt, of those that have not ended. */
  public Map<Long, Integer> open() {
    return Collections.unmodifiableMap(open);
  }

  void add(long task, int attempt) {
    open.put(task, attempt);
  }

  boolean endsWith(long task) {
    open.remove(task);
    return open.isEmpty();
  }
}
