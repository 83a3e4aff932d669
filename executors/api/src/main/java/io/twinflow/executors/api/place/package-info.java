/** Where the engine and sites that share no folder with it exchange files. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.api.place;
