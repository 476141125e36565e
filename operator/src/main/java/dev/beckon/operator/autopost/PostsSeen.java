package dev.beckon.operator.autopost;

import java.util.Optional;

/**
 * What the operator found when it read a schedule's posts by the worker's own rules.
 *
 * @param digest of their keys; absent when they were not looked at, their ConfigMap is missing, or may not be got
 * @param fault why a run would refuse them, as its worker would say it; absent when it would not, or that can't be told
 */
public record PostsSeen(Optional<String> digest, Optional<String> fault) {
    /** They were not looked at, or can't be: a run tells. */
    public static final PostsSeen NOTHING = new PostsSeen(Optional.empty(), Optional.empty());
}
