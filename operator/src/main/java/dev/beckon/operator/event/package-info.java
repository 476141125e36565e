/** Kubernetes Events: what a person would want to know, once each. */
package dev.beckon.operator.event;
