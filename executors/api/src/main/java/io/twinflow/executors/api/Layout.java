package io.twinflow.executors.api;

/**
 * Where an attempt finds its folders, as absolute paths that the tool sees. Known before the task
 * is prepared, because command lines and expressions contain them.
 *
 * @param outdir the working folder; outputs are collected from it
 * @param tmpdir empty, private, gone afterwards
 * @param inputs the folder below which inputs are staged
 */
public record Layout(String outdir, String tmpdir, String inputs) {}
