/** What a platform team sees of a whole installation: a real Prometheus scrapes it, and every panel, rule and runbook is tried on that. */
package dev.beckon.demo.monitoring;
