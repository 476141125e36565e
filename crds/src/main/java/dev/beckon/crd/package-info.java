/**
 * Beckon's custom resources: what a user declares ({@code spec}), what the operator answers ({@code status}), and the rules by
 * which the API server judges a manifest before anything else sees it. The CRDs are generated from these classes and checked
 * in; their descriptions, bounds, defaults and CEL rules stand here as annotations, once.
 *
 * <p>A component that was not given is {@code null}; one with a default in the schema is never {@code null}, since the record
 * fills in the same default. A list or map that was not given is empty.
 */
package dev.beckon.crd;
