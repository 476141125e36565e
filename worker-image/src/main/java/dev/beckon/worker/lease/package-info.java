/**
 * The holder's side of an account's lease: renewing it, and the kernel's timer that ends the process when it could not.
 */
package dev.beckon.worker.lease;
