package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Asks what the user of a site may do in its namespace. */
record Rights(KubernetesClient client, String namespace) {

  /**
   * @param group empty for the core one
   */
  record Right(String group, String resource, String verb) {

    String words() {
      return verb + " " + resource;
    }
  }

  /** By which one pod of an indexed Job is ended, and no other. */
  static final Right DELETE_PODS = new Right("", "pods", "delete");

  List<String> lacking(List<Right> rights) {
    return rights.stream().filter(right -> !has(right)).map(Right::words).toList();
  }

  boolean has(Right right) {
    SelfSubjectAccessReview answer =
        client
            .authorization()
            .v1()
            .selfSubjectAccessReview()
            .create(
                new SelfSubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withNewResourceAttributes()
                    .withNamespace(namespace)
                    .withGroup(right.group())
                    .withResource(right.resource())
                    .withVerb(right.verb())
                    .endResourceAttributes()
                    .endSpec()
                    .build());
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
