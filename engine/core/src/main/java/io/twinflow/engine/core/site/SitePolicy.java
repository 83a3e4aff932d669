package io.twinflow.engine.core.site;

/** Which of the sites that can run a task gets it, if nobody named one. */
public enum SitePolicy {
  /** The one that stands first in the configuration. */
  FIRST,
  /** The one that has the most bytes of the inputs near. */
  NEAREST,
  /** The one whose cores cost the least. */
  CHEAPEST,
  /** The one where attempts have lately begun the soonest, and which is not full. */
  QUICKEST
}
