package io.twinflow.engine.core.turns;

/**
 * What runs have of something that may be limited.
 *
 * @param taken slots at the site, or set aside
 * @param wanted so many more
 */
public record SlotUse(int taken, int wanted) {

  SlotUse plus(SlotUse other) {
    return new SlotUse(taken + other.taken, wanted + other.wanted);
  }
}
