package dev.beckon.operator.life;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.content.Opening;
import dev.beckon.ledger.content.Publications;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.content.PublishRuns;
import dev.beckon.ledger.content.PublishRuns.Turn;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.PublishOrder.Content;
import dev.beckon.workorder.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The part of {@link ScriptedWorker} that publishes, by the script that its first target names. */
final class ScriptedPublisher {
    private static final long CHAT = -1_000_000_000_888L;

    private final Ledger ledger;
    private final PublishOrder order;

    ScriptedPublisher(Ledger ledger, PublishOrder order) {
        this.ledger = ledger;
        this.order = order;
    }

    record Said(ExitCode code, Ending ending, String word, String sentence) {
        static Said completed(String word, String sentence) {
            return new Said(ExitCode.OK, Ending.COMPLETED, word, sentence);
        }
    }

    Said publish(Lease lease) throws IOException {
        PublishRuns runs = ledger.publishRuns();
        if (posts().stream().anyMatch(post -> post.source().equals("Unreadable"))) {
            return new Said(ExitCode.BAD_INPUT, Ending.FAULT, "ContentUnreadable", "A post can't be read.");
        }
        PublishRun run = runs.begin(
                        lease,
                        new PublishRuns.Run(
                                order.runUid().orElseGet(() -> System.getenv("BECKON_RUN_UID")),
                                order.schedule().uid(),
                                order.schedule().namespace(),
                                order.schedule().name()))
                .orElseThrow();
        if (run.state() == PublishRun.State.Complete) {
            return Said.completed("Published", "This run's post was published before; nothing is done twice.");
        }
        boolean repeat = order.whenExhausted() == PublishOrder.WhenExhausted.Repeat;
        boolean first = run.post().isEmpty();
        Turn turn = runs.turn(lease, run, posts(), repeat, left -> 0);
        if (!(turn instanceof Turn.Taken(PublishRun taken))) {
            runs.end(lease, run);
            return Said.completed("Exhausted", "Every post was used. Nothing was published.");
        }
        String script = order.targets().getFirst();
        if (first && script.equals("@script_waits")) {
            runs.waits(lease, taken, Optional.of(Instant.now().plusSeconds(15)), Optional.of("FloodWait"));
            return new Said(ExitCode.OK, Ending.WAITING, "FloodWait", "Waits for Telegram's flood wait to end.");
        }
        runs.waits(lease, taken, Optional.empty(), Optional.empty());
        order.targets().forEach(target -> send(lease, taken, target));
        boolean failed = runs.end(lease, taken).orElseThrow() == PublishRun.State.Failed;
        return failed
                ? new Said(
                        ExitCode.CAMPAIGN_FAULT,
                        Ending.FAULT,
                        "ChatWriteForbidden",
                        "The post is in none of its targets.")
                : Said.completed("Published", "The post is published.");
    }

    private void send(Lease lease, PublishRun run, String target) {
        long chat = CHAT - order.targets().indexOf(target);
        Publications.Wish wish = new Publications.Wish(run, target, chat, OptionalInt.empty());
        if (!(ledger.publications().open(lease, wish) instanceof Opening.Opened(var intent))) {
            return;
        }
        String text = run.post().orElseThrow().source().strip();
        PublishOutcome published = new PublishOutcome.Published(
                intent.id(), text, Optional.of("https://t.me/" + target.substring(1) + "/" + intent.id()));
        PublishOutcome outcome = switch (order.targets().getFirst()) {
            case "@script_refuses" -> new PublishOutcome.Failed("ChatWriteForbidden", "CHAT_WRITE_FORBIDDEN");
            // Until a person says that it is to be published again.
            case "@script_unheard" -> run.again() ? published : new PublishOutcome.Unknown("no answer");
            default -> published;
        };
        ledger.publications().settle(lease, intent, outcome);
    }

    private List<TakenPost> posts() throws IOException {
        return switch (order.content()) {
            case Content.Inline(var written) ->
                written.stream()
                        .map(it -> new TakenPost(it.name().orElse("post"), it.text(), true, it.image()))
                        .toList();
            case Content.Folder(String path) -> folder(Path.of(Paths.POSTS, path));
        };
    }

    private static List<TakenPost> folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> posts =
                    files.filter(it -> it.toString().endsWith(".md")).sorted().toList();
            List<TakenPost> read = new ArrayList<>();
            for (Path post : posts) {
                read.add(new TakenPost(post.getFileName().toString(), Files.readString(post), true, Optional.empty()));
            }
            return read;
        }
    }
}
