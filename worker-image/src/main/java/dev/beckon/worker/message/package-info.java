/** The personal message of a campaign: its template and what is filled in. */
package dev.beckon.worker.message;
