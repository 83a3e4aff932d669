package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.bundle.AttemptFailure;
import java.util.List;

/** What is asked of the API server beside the watches. */
record Api(KubernetesClient client, KubernetesOptions options) {

  /**
   * A Job that is there already is as good as created.
   *
   * @throws AttemptFailure if this Job is refused, and others may not be
   */
  void create(Job job) throws SiteException, AttemptFailure {
    try {
      client.batch().v1().jobs().inNamespace(options.namespace()).resource(job).create();
    } catch (KubernetesClientException e) {
      Refusal refusal = new Refusal(options.site(), e);
      if (refusal.exists()) {
        return;
      }
      if (refusal.ofThisOne()) {
        throw refusal.failure();
      }
      throw told(refusal, "to create a Job in namespace " + options.namespace());
    }
  }

  /** With its pods, which have their grace to end in. */
  void delete(String job) throws SiteException {
    try {
      client
          .batch()
          .v1()
          .jobs()
          .inNamespace(options.namespace())
          .withName(job)
          .withPropagationPolicy(DeletionPropagation.BACKGROUND)
          .delete();
    } catch (KubernetesClientException e) {
      Refusal refusal = new Refusal(options.site(), e);
      if (!refusal.missing()) {
        throw told(refusal, "to delete Job " + job);
      }
    }
  }

  /** Of an indexed Job, which makes no other in its place. */
  void deletePod(String pod) throws SiteException {
    try {
      client.pods().inNamespace(options.namespace()).withName(pod).delete();
    } catch (KubernetesClientException e) {
      Refusal refusal = new Refusal(options.site(), e);
      if (!refusal.missing()) {
        throw told(refusal, "to delete pod " + pod);
      }
    }
  }

  /** One that is there already is as good as created. */
  void create(Secret secret) throws SiteException {
    try {
      client.secrets().inNamespace(options.namespace()).resource(secret).create();
    } catch (KubernetesClientException e) {
      Refusal refusal = new Refusal(options.site(), e);
      if (!refusal.exists()) {
        throw told(refusal, "to create a Secret in namespace " + options.namespace());
      }
    }
  }

  void deleteSecret(String name) throws SiteException {
    try {
      client.secrets().inNamespace(options.namespace()).withName(name).delete();
    } catch (KubernetesClientException e) {
      Refusal refusal = new Refusal(options.site(), e);
      if (!refusal.missing()) {
        throw told(refusal, "to delete Secret " + name);
      }
    }
  }

  /** For who makes calls whose failures are told to nobody, as watches do when they begin. */
  void needToken() throws SiteException {
    try {
      options.access().check();
    } catch (NoToken e) {
      throw told(new Refusal(options.site(), e), "any call");
    }
  }

  List<Node> nodes() throws SiteException {
    try {
      return client.nodes().list().getItems();
    } catch (KubernetesClientException e) {
      throw told(new Refusal(options.site(), e), "for its nodes");
    }
  }

  private SiteException told(Refusal refusal, String call) {
    if (refusal.ofToken()) {
      options.access().refused();
    }
    return refusal.exception(call, client.getMasterUrl());
  }
}
