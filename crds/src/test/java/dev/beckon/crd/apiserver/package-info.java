/** The CRDs as the real API server takes them: its own words about valid and invalid manifests. */
package dev.beckon.crd.apiserver;
