package dev.beckon.operator.scenario;

import io.fabric8.kubernetes.client.CustomResource;

/** Carries a status from what a reconciler answered to the stored resource. */
final class Copy {
    private Copy() {}

    @SuppressWarnings("unchecked")
    static <R extends CustomResource<?, ?>> R withStatusOf(R stored, R answered) {
        ((CustomResource<Object, Object>) stored).setStatus(answered.getStatus());
        return stored;
    }
}
