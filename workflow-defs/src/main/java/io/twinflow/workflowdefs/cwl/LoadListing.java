package io.twinflow.workflowdefs.cwl;

/** How much of a directory is listed before expressions see it. */
public enum LoadListing {
  NONE,
  SHALLOW,
  DEEP
}
