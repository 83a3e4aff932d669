package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.kubernetes.PodOptions.Security;
import io.twinflow.executors.kubernetes.PodOptions.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code pods:} of a site. */
final class PodSettings {

  private PodSettings() {}

  static PodOptions read(Settings settings) throws InvalidSettingException {
    Optional<Settings> given =
        settings.section("pods", "what pods are made with, as in image: debian:stable-slim");
    if (given.isEmpty()) {
      return PodOptions.PLAIN;
    }
    Settings pods = given.get();
    PodOptions usual = PodOptions.PLAIN;
    return new PodOptions(
        pods.text("image", "the image of tools that name none").orElse(null),
        pods.text(
                "stagingImage",
                "an image with sh and curl, GNU wget or busybox, where there is no folder:")
            .orElse(null),
        pods.text("gpu", "the resource that stands for a GPU").orElse(usual.gpu()),
        pods.table("nodeSelector", "labels of nodes, as in disk: fast"),
        tolerations(pods),
        pods.table("annotations", "annotations of pods, as in team: hydrology"),
        pods.texts("pullSecrets", "names of secrets for image registries"),
        pods.text("priorityClass", "the name of a priority class").orElse(null),
        pods.text("queue", "the name of a local queue of Kueue").orElse(null),
        pods.isTrue("hostNetwork", usual.hostNetwork()),
        pods.time("grace").orElse(usual.grace()),
        new Security(
            pods.isTrue("restricted", true),
            pods.count("user", 0).map(Integer::longValue).orElse(null),
            pods.isTrue("readOnlyRoot", false)));
  }

  private static List<Toleration> tolerations(Settings pods) throws InvalidSettingException {
    List<Toleration> all = new ArrayList<>();
    for (Settings one :
        pods.list("tolerations", "taints that pods bear, each with key, value and effect")) {
      all.add(
          new Toleration(
              one.text("key", "the key of a taint").orElse(null),
              one.text("value", "the value of a taint").orElse(null),
              one.text("effect", "NoSchedule, PreferNoSchedule or NoExecute").orElse(null)));
    }
    return all;
  }
}
