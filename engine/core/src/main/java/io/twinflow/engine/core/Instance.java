package io.twinflow.engine.core;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This engine, for people who wonder who owns a run. */
public final class Instance {

  private Instance() {}

  public static String ofThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return "process %d on %s%s"
        .formatted(
            self.pid(),
            host(),
            self.info().startInstant().map(start -> ", started " + start).orElse(""));
  }

  /** Of this Twinflow. */
  public static String version() {
    String version = Instance.class.getPackage().getImplementationVersion();
    return version == null ? "unbuilt" : version;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
