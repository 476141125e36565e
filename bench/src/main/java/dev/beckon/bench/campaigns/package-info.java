/** What the operator does with a thousand campaigns: on the real API server, against a client that only writes. */
package dev.beckon.bench.campaigns;
