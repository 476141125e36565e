/**
 * The contract of the port {@code TelegramSession}, as cases that any engine must pass: the interfaces hold the cases, {@link
 * dev.beckon.simulator.contract.EngineContract} puts them together, and a test class per engine implements it and says how to start its engine on a world. What happened is judged by the
 * world's truth, never by the engine.
 */
package dev.beckon.simulator.contract;
