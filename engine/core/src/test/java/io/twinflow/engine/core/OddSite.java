package io.twinflow.engine.core;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.testing.FakeExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A fake site in which a test changes what submitting or observing does. */
class OddSite implements Executor {

  final FakeExecutor fake;

  OddSite() {
    this(FakeExecutor.instant());
  }

  OddSite(FakeExecutor fake) {
    this.fake = fake;
  }

  @Override
  public String site() {
    return "odd";
  }

  @Override
  public List<Finding> check() {
    return List.of();
  }

  @Override
  public Capabilities capabilities() {
    return fake.capabilities();
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return fake.layout(attempt, inContainer);
  }

  @Override
  public BatchHandle submit(Batch batch) throws SiteException {
    return fake.submit(batch);
  }

  @Override
  public Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts)
      throws SiteException {
    return fake.find(batch, attempts);
  }

  @Override
  public void revoke(Collection<AttemptKey> attempts) throws SiteException {
    fake.revoke(attempts);
  }

  @Override
  public List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
      throws SiteException, InterruptedException {
    return fake.observe(batches, atMost);
  }

  @Override
  public void cancel(Collection<AttemptKey> attempts) throws SiteException {
    fake.cancel(attempts);
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    return fake.outputs(task);
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) {
    return fake.log(attempt, stream);
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return fake.whereabouts(attempt);
  }

  @Override
  public void release(Collection<AttemptKey> attempts) {
    fake.release(attempts);
  }

  @Override
  public void close() {
    fake.close();
  }
}
