package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** An update that somebody else made: of the spec, of an annotation by which a person asks for something, or a deletion. */
public class MeaningfulUpdate implements OnUpdateFilter<HasMetadata> {
    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        // Replaced while the watch was broken: its deletion is not heard of then.
        return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion();
    }
}
