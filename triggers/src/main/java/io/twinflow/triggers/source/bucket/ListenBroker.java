package io.twinflow.triggers.source.bucket;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Broker;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A bucket of MinIO, which tells whoever listens, and keeps nothing for who does not. */
record ListenBroker(Bucket bucket) implements Broker {

  private static final String MEND =
      "mend the bucket, or its account in --s3; of other stores than MinIO take listen: false";

  @Override
  public Connection connect() throws Trouble {
    return new ListenConnection(bucket, open());
  }

  private InputStream open() throws Trouble {
    try {
      return bucket.listen();
    } catch (IOException e) {
      throw new Trouble(String.valueOf(e.getMessage()), MEND, e);
    }
  }

  @Override
  public List<Finding> check() {
    try (InputStream listening = open()) {
      return List.of(Finding.good("listen", bucket.place() + " tells what happens"));
    } catch (Trouble e) {
      return List.of(e.finding("listen"));
    } catch (IOException e) {
      return List.of(Finding.problem("listen", String.valueOf(e.getMessage()), MEND));
    }
  }
}
