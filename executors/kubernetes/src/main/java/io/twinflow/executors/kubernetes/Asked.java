package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.twinflow.executors.api.ResourceRequest;
import java.util.HashMap;
import java.util.Map;

/** What a container reserves is also all that it gets: nobody is ended for another's appetite. */
final class Asked {

  private Asked() {}

  static ResourceRequirements of(ResourceRequest request, String gpu) {
    Map<String, Quantity> amounts = new HashMap<>();
    amounts.put("cpu", new Quantity(Math.max(1, Math.round(request.cores() * 1000)) + "m"));
    amounts.put("memory", new Quantity(request.memoryMiB() + "Mi"));
    if (request.gpus() > 0) {
      amounts.put(gpu, new Quantity(Integer.toString(request.gpus())));
    }
    return new ResourceRequirementsBuilder().withRequests(amounts).withLimits(amounts).build();
  }
}
