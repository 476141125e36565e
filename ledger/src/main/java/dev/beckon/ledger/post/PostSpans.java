package dev.beckon.ledger.post;

import dev.beckon.ledger.post.ShownText.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Arranges spans as Telegram would, so that what it shows can be compared with what was sent: none reaches into code, none is
 * blank, and the text has no white space at its ends.
 */
final class PostSpans {
    private static final Comparator<Span> IN_ORDER = Comparator.comparingInt(Span::offset)
            .thenComparing(Comparator.comparingInt(Span::length).reversed());

    private PostSpans() {}

    static ShownText arrange(String text, List<Span> spans) {
        List<Span> code = spans.stream()
                .filter(span -> span.style().isCode())
                .sorted(IN_ORDER)
                .toList();
        List<Span> apart = new ArrayList<>(code);
        spans.stream().filter(span -> !span.style().isCode()).forEach(span -> apart.addAll(around(code, span)));
        String stripped = text.strip();
        int cut = text.length() - text.stripLeading().length();
        return new ShownText(
                stripped,
                apart.stream()
                        .map(span -> clip(span, cut, cut + stripped.length()))
                        .flatMap(Optional::stream)
                        .filter(span ->
                                !text.substring(span.offset(), span.end()).isBlank())
                        .map(span -> new Span(span.style(), span.offset() - cut, span.length()))
                        .sorted(IN_ORDER)
                        .toList());
    }

    /** The parts of a span before, between and after code. */
    private static List<Span> around(List<Span> code, Span span) {
        List<Span> parts = new ArrayList<>();
        int begin = span.offset();
        for (Span hole : code) {
            if (hole.offset() >= begin && hole.offset() < span.end()) {
                clip(span, begin, hole.offset()).ifPresent(parts::add);
                begin = hole.end();
            }
        }
        clip(span, begin, span.end()).ifPresent(parts::add);
        return parts;
    }

    private static Optional<Span> clip(Span span, int from, int to) {
        int begin = Math.max(span.offset(), from);
        int end = Math.min(span.end(), to);
        return end > begin ? Optional.of(new Span(span.style(), begin, end - begin)) : Optional.empty();
    }
}
