/**
 * A release as a platform team installs it: by the chart, with the images, on a cluster whose containers are real ones; driven by helm and
 * kubectl and judged by what Telegram saw. {@code make e2e} runs it.
 */
package dev.beckon.demo.release;
