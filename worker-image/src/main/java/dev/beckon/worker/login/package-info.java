/** Logging an account in, and showing what a person must do for it. */
package dev.beckon.worker.login;
