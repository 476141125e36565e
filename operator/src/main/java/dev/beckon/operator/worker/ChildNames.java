package dev.beckon.operator.worker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of children: the same owner and run always give the same name, so that a repeated step finds what it made. Where another
 * resource has that name there is a second one, as much the owner's own; only when the first becomes free between a step and its
 * repetition, before the watch has told of the child, can there be two, and then the account's lease lets one of them work.
 */
public final class ChildNames {
    /** Longest name of a Job: its pods carry it as a label. */
    static final int LONGEST_JOB = 63;

    /** Longest name of a CronJob (Kubernetes' validation of CronJobs). */
    static final int LONGEST_CRON_JOB = 52;

    /** Longest name of a Deployment: its pods' names, which add 17 characters, are host names. */
    static final int LONGEST_DEPLOYMENT = 46;

    private ChildNames() {}

    /** {@code <owner>-<part>-<run>}; what is too long is cut and told apart by its hash. */
    public static String job(String owner, String part, int run) {
        String stem = owner.replace('.', '-') + "-" + part.replace('.', '-');
        String suffix = "-" + run;
        int room = LONGEST_JOB - suffix.length();
        return (stem.length() <= room ? stem : shortened(stem, room)) + suffix;
    }

    /** The owner's own name, if it is short enough: the controller appends the scheduled minute to it. */
    public static String cronJob(String owner) {
        String stem = owner.replace('.', '-');
        return stem.length() <= LONGEST_CRON_JOB ? stem : shortened(stem, LONGEST_CRON_JOB);
    }

    /** {@code <owner>-<part>}: one for all runs. */
    public static String deployment(String owner, String part) {
        String stem = owner.replace('.', '-') + "-" + part.replace('.', '-');
        return stem.length() <= LONGEST_DEPLOYMENT ? stem : shortened(stem, LONGEST_DEPLOYMENT);
    }

    /** {@code <owner>-<part>-<hash of the content>}: a Secret of that name can't hold anything else. */
    public static String workOrder(String owner, String part, String content) {
        String stem = owner + "-" + part;
        String suffix = "-" + sha256(content).substring(0, 12);
        int room = 253 - suffix.length();
        return (stem.length() <= room ? stem : shortened(stem, room)) + suffix;
    }

    /**
     * A name that the owner takes when another resource has the one it would have: a campaign and a parser
     * may have one name, and a campaign {@code a-b} with an account {@code c} wants what {@code a} with {@code b-c} has.
     *
     * @param longest how many characters there may be
     */
    static String apart(String name, String ownerUid, int longest) {
        String suffix = "-" + sha256(ownerUid).substring(0, 12);
        int room = longest - suffix.length();
        return (name.length() <= room ? name : shortened(name, room)) + suffix;
    }

    private static String shortened(String stem, int room) {
        String hash = sha256(stem).substring(0, 8);
        return stem.substring(0, room - hash.length() - 1).replaceAll("[-.]+$", "") + "-" + hash;
    }

    /** In lower-case hexadecimal digits. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
