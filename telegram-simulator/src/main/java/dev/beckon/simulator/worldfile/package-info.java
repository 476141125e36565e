/**
 * The world file: how a person writes a world down in YAML. {@link dev.beckon.simulator.worldfile.WorldFile} reads one and
 * gives a {@link dev.beckon.simulator.world.WorldSeed}; what is wrong with it is told by line, field and remedy. The
 * records named {@code …Entry} are the schema; docs/world-file.md is generated from them.
 */
package dev.beckon.simulator.worldfile;
