/**
 * Makes the checked-in CRDs and their reference page from the model, and compares them with the last release. It lives among the
 * tests since nothing of it runs in production: the tests that find a file stale are also what rewrites it.
 */
package dev.beckon.crd.generator;
