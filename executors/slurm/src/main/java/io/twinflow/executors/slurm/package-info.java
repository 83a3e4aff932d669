/** Runs attempts on Slurm, through slurmrestd, over a folder that both see under the same name. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.slurm;
