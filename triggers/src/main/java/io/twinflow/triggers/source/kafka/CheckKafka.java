package io.twinflow.triggers.source.kafka;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;

/** Looks at a cluster, the topics and the group, and joins nothing. */
record CheckKafka(KafkaOptions options) {

  private static final String CLUSTER = "cluster";
  private static final String TOPIC = "topic";
  private static final String GROUP = "group";

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    KafkaTroubles troubles = new KafkaTroubles(options);
    try {
      KafkaBroker.knock(options);
      Admin admin = new KafkaClients(options).admin();
      try {
        findings.add(cluster(admin));
        for (String topic : options.topics()) {
          findings.add(topic(admin, topic));
        }
        findings.add(group(admin));
      } catch (ExecutionException e) {
        findings.add(troubles.of(e).finding(CLUSTER));
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (Trouble e) {
      findings.add(e.finding(CLUSTER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(Finding.problem(CLUSTER, "the look was broken off", ""));
    }
    return findings;
  }

  private Finding cluster(Admin admin) throws ExecutionException, InterruptedException {
    DescribeClusterResult cluster = admin.describeCluster();
    return Finding.good(
        CLUSTER,
        "%s is cluster %s with %d brokers and lets in %s"
            .formatted(
                options.where(),
                cluster.clusterId().get(),
                cluster.nodes().get().size(),
                options.access().who()));
  }

  private Finding topic(Admin admin, String topic) throws InterruptedException {
    try {
      TopicDescription found =
          Objects.requireNonNull(
              admin
                  .describeTopics(
                      List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                  .allTopicNames()
                  .get()
                  .get(topic));
      Set<AclOperation> allowed = found.authorizedOperations();
      if (allowed != null
          && !allowed.contains(AclOperation.READ)
          && !allowed.contains(AclOperation.ALL)) {
        return Finding.problem(
            TOPIC,
            "%s may not read %s".formatted(options.access().who(), topic),
            "give the user READ on it");
      }
      List<TopicPartitionInfo> partitions = found.partitions();
      return Finding.good(
          TOPIC,
          "%s has %d partitions with %d replicas"
              .formatted(
                  topic,
                  partitions.size(),
                  partitions.stream().mapToInt(one -> one.replicas().size()).min().orElse(0)));
    } catch (ExecutionException e) {
      return new KafkaTroubles(options).ofTopic(topic, e).finding(TOPIC);
    }
  }

  private Finding group(Admin admin) throws InterruptedException {
    try {
      int positions =
          admin
              .listConsumerGroupOffsets(options.group())
              .partitionsToOffsetAndMetadata()
              .get()
              .size();
      return Finding.good(
          GROUP,
          positions == 0
              ? "%s is not there yet, and will be made".formatted(options.group())
              : "%s holds the position in %d partitions".formatted(options.group(), positions));
    } catch (ExecutionException e) {
      return new KafkaTroubles(options).of(e).finding(GROUP);
    }
  }
}
