/**
 * Publishing a schedule's next post: {@link dev.beckon.worker.publish.Posts} reads what there is and refuses what Telegram would,
 * {@link dev.beckon.worker.publish.PublishingRun} gives one its turn and sends it to each target, and what a dead process left is settled
 * by {@link dev.beckon.worker.publish.OpenPublications}.
 */
package dev.beckon.worker.publish;
