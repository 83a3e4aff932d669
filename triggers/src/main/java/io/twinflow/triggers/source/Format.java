package io.twinflow.triggers.source;

/** What the messages of a source are. */
public enum Format {
  /** Events, where they say so; others become an event each, whose data is the message. */
  CLOUDEVENTS,
  /** Notifications of buckets, as AWS, MinIO and Ceph send them to brokers. */
  S3,
  /** Records of dCache: of the files that were written or removed. */
  DCACHE,
  /** Webhooks of GitHub, Gitea, Forgejo and GitLab: of pushes to repositories. */
  GIT
}
