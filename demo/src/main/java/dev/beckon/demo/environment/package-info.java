/**
 * The parts of a whole Beckon on this machine, each started on free loopback ports below one state folder and stopped by
 * pid: database, Redis, Telegram simulator, Kubernetes, and Beckon itself installed into it.
 */
package dev.beckon.demo.environment;
