package dev.beckon.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Publish the next post of a schedule in each of its chats, with one account.
 *
 * @param targets each as the user wrote it: {@code @name}, link, invite link or id
 * @param content where the posts are; their order is the order in which they are used
 * @param runUid the run that is begun or continued, {@code [A-Za-z0-9._-]}, at most {@value #LONGEST_RUN_UID} characters; absent: the run
 *     is the Job's, whose uid the pod knows as {@code BECKON_RUN_UID}
 * @param deadline how long after the run began a post may still be sent again where the chat's history proves that it is not there;
 *     absent: at any time
 * @param hibernateAfter a wait longer than this gives the pod back
 * @param earlierRuns what becomes of runs of the schedule that began before this one and have not ended; absent: they are gone on with
 */
public record PublishOrder(
        int version,
        AccountRef account,
        ScheduleRef schedule,
        List<String> targets,
        Content content,
        Order order,
        WhenExhausted whenExhausted,
        Optional<String> runUid,
        Optional<Duration> deadline,
        Duration hibernateAfter,
        // An order that says nothing of it is, to the byte, that of the release before: no schedule looks edited.
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EarlierRuns> earlierRuns)
        implements WorkOrder {
    /** Between a schedule's uid and a person's word: the name of a run that a person asked for. */
    public static final String ASKED_FOR = "-now-";

    /** The ledger's column holds so many. */
    public static final int LONGEST_RUN_UID = 128;

    /** Which schedule; {@code uid} is its identity in the ledger: a schedule of the same name made later begins anew. */
    public record ScheduleRef(String namespace, String name, String uid, long generation) {}

    /** Where the posts are. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "source")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Content.Inline.class, name = "Inline"),
        @JsonSubTypes.Type(value = Content.Folder.class, name = "Folder")
    })
    public sealed interface Content {
        /** Written into the schedule itself. */
        record Inline(List<Post> posts) implements Content {}

        /**
         * A ConfigMap mounted as a folder. Each file that ends in {@code .md} or {@code .txt} is a post, in the order of the names; what
         * else there is are images that posts name.
         *
         * @param path relative to {@link Paths#POSTS}; empty for that itself
         */
        record Folder(String path) implements Content {}
    }

    /**
     * One post. Printed without what it says.
     *
     * @param name its identity within the schedule; absent: a digest of text and image is, so that an edited post is another one
     * @param text with the part of Markdown that Telegram can show
     * @param image a file relative to {@link Paths#POSTS}
     */
    public record Post(Optional<String> name, String text, Optional<String> image) {
        @Override
        public String toString() {
            return "Post[" + name.orElse("") + "]";
        }
    }

    /** Which of the posts that were not used is next. */
    public enum Order {
        /** The first. */
        Sequential,
        /** Any, each once before one comes again. */
        Random
    }

    /** What happens when every post was used. */
    public enum WhenExhausted {
        /** Nothing, until there are more. */
        Stop,
        /** They are used again. */
        Repeat
    }

    /** What becomes of earlier runs. */
    public enum EarlierRuns {
        /** They are given up, but for those that a person asked for: what is in flight is settled, nothing more is sent. */
        Replace
    }

    /** Without posts and targets: a target may be a private invite link. */
    @Override
    public String toString() {
        return "PublishOrder[" + schedule.namespace() + "/" + schedule.name() + ", generation=" + schedule.generation()
                + ", account=" + account.name() + "]";
    }
}
