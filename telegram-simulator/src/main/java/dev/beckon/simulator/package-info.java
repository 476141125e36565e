/**
 * A Telegram of our own for tests, demo and benchmarks: the program that serves a world ({@link
 * dev.beckon.simulator.Simulator}) and the engine that works on one inside the same process ({@link
 * dev.beckon.simulator.inprocess.InProcessEngine}). The rules live in {@code world}, the YAML in {@code worldfile}, the
 * MTProto data centre in {@code mtproto}, what tests judge by in {@code truth}.
 */
package dev.beckon.simulator;
