/**
 * Kills everything there is while campaigns run, and judges by what Telegram saw. A run is drawn from one seed: which people
 * and campaigns there are, what goes wrong at Telegram, at which step of which worker a process ends, and after how many
 * calls a server does. Two levels: real worker processes on real servers without Kubernetes, which is fast; and the whole
 * environment.
 */
package dev.beckon.demo.chaos;
