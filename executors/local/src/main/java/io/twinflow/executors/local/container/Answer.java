package io.twinflow.executors.local.container;

/**
 * What a call of the engine's command line gave.
 *
 * @param text both streams, from the end if they were long
 */
record Answer(int code, String text) {

  boolean ok() {
    return code == 0;
  }

  boolean says(String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
