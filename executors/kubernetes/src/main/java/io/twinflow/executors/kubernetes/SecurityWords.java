package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.twinflow.executors.kubernetes.PodOptions.Security;

/** What a tool may do, in the words of Kubernetes. */
final class SecurityWords {

  private SecurityWords() {}

  static PodSecurityContext ofPod(Security security, long user) {
    PodSecurityContextBuilder context = new PodSecurityContextBuilder().withRunAsUser(user);
    if (security.restricted()) {
      context
          .withRunAsNonRoot(true)
          .withNewSeccompProfile()
          .withType("RuntimeDefault")
          .endSeccompProfile();
    }
    return context.build();
  }

  static SecurityContext ofContainer(Security security) {
    SecurityContextBuilder context =
        new SecurityContextBuilder().withReadOnlyRootFilesystem(security.readOnlyRoot());
    if (security.restricted()) {
      context
          .withAllowPrivilegeEscalation(false)
          .withNewCapabilities()
          .withDrop("ALL")
          .endCapabilities();
    }
    return context.build();
  }
}
