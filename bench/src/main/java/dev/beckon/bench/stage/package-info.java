/** What benchmarks run on: real servers of the demo's environment, the programs started on them, and what the kernel tells. */
package dev.beckon.bench.stage;
