/** What a worker is given: its environment and the files mounted into its pod. Nothing is read from the Kubernetes API. */
package dev.beckon.worker.settings;
