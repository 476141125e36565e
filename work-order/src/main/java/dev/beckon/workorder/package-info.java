/**
 * The versioned document by which the operator tells a worker what to do, and the result document and exit codes by which
 * the worker answers. Pure data: no clock, no files, no network.
 */
package dev.beckon.workorder;
