/** One operator with thousands of campaigns, schedules and accounts, on nodes that are there in name only; docs/scale.md is made of what came out. */
package dev.beckon.bench.scale;
