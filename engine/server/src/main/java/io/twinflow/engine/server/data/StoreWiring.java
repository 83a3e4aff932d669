package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.HttpInputs;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.site.SitesFile;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.stores.folder.FolderStore;
import io.twinflow.engine.stores.near.NearCopies;
import io.twinflow.engine.stores.near.StoreInputs;
import io.twinflow.engine.stores.s3.OpenS3;
import io.twinflow.engine.stores.s3.S3Inputs;
import io.twinflow.engine.stores.s3.S3Rules;
import io.twinflow.engine.stores.s3.S3Sites;
import java.io.IOException;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what stores, fetches and keeps. */
@Configuration(proxyBeanMethods = false)
class StoreWiring {

  private static final String TENANT = "default";

  @Bean
  S3Sites s3Sites(ServerSettings settings) throws IOException {
    return S3Sites.of(settings.stores().sites());
  }

  @Bean
  InputSchemes inputSchemes(ServerSettings settings, S3Sites sites) {
    return InputSchemes.of(settings, sites);
  }

  @Bean
  ArtifactStore artifactStore(ServerSettings settings, S3Sites sites, DataFolder folder)
      throws IOException {
    String place = settings.stores().store();
    return place == null
        ? new FolderStore(folder.runs(), false)
        : OpenS3.at(place, sites, new OpenS3.Words("--store", "--s3")).checked();
  }

  @Bean
  NearCopies nearCopies(ArtifactStore store, DataFolder folder) {
    return new NearCopies(store, folder.near());
  }

  @Bean
  S3Inputs s3Inputs(S3Sites sites, DataFolder folder) {
    return new S3Inputs(new S3Rules(sites.rules()), folder.inputs(), ForRun::charge);
  }

  @Bean
  DataPlan dataPlan(
      ArtifactStore store,
      NearCopies near,
      S3Inputs s3,
      OutgoingUrls outgoing,
      DataFolder folder,
      ServerSettings settings,
      SitesFile configuration) {
    RemoteInputs http = new HttpInputs(new CountedSource(outgoing), folder.inputs());
    return new DataPlan(
        new StoreInputs(store, near, s3, http, configuration.exchange().isPresent()),
        store,
        new KeepFiles(store, near, folder.folder(), TENANT),
        place(settings.stores()));
  }

  /** Without what only this server calls the site. */
  private static Optional<String> place(StoreSettings settings) {
    String store = settings.store();
    return store == null
        ? Optional.empty()
        : Optional.of(store.replaceFirst("^s3://[^@/]+@", "s3://").replaceFirst("/+$", ""));
  }
}
