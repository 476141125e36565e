/**
 * When a schedule is due: cron text as Kubernetes' CronJob controller reads it. The controller decides; here the next time is
 * told, and a text that it would refuse is refused with a sentence.
 */
package dev.beckon.operator.schedule;
