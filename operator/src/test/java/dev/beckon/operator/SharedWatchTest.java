package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.account.AccountWatch;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedWatchTest {
    private static final ResourceID PARSER = new ResourceID("our-group", "team");
    private static final ResourceID OTHER = new ResourceID("their-group", "team");

    private final SharedWatch<TelegramAccount> watch = new AccountWatch();
    private final LeanItemStore<TelegramAccount> store = new LeanItemStore<>();
    private final BellSource<ParserJob> bell = new BellSource<>("parser-bell", parser -> {});
    private final List<ResourceID> rung = new ArrayList<>();

    @BeforeEach
    void listen() {
        watch.follow(store);
        bell.setEventHandler((Event event) -> rung.add(event.getRelatedCustomResourceID()));
    }

    private void put(TelegramAccount account) {
        store.put("team/" + account.getMetadata().getName(), account);
    }

    private static TelegramAccount labelled(String version, Map<String, String> labels) {
        TelegramAccount account = LeanItemStoreTest.alice(version);
        account.getMetadata().setLabels(labels);
        return account;
    }

    @Test
    void whoAsksBeforeAllIsKnownIsNotToldThatThereIsNothing() {
        put(LeanItemStoreTest.alice("1"));

        assertThatThrownBy(() -> watch.all("team")).isInstanceOf(IllegalStateException.class);
        watch.completed();
        assertThat(watch.all("team")).containsExactly(store.get("team/alice"));
        assertThat(watch.all("other")).isEmpty();
    }

    @Test
    void usersAreRungWhenItComesAndGoesAndWhenADifferenceConcernsThem() {
        watch.ring(bell, (now, before) -> "3".equals(now.getMetadata().getResourceVersion()), it -> Set.of(PARSER));
        bell.start();

        put(LeanItemStoreTest.alice("1"));
        assertThat(rung).hasSize(1);
        put(LeanItemStoreTest.alice("2"));
        assertThat(rung).hasSize(1);
        put(LeanItemStoreTest.alice("3"));
        assertThat(rung).hasSize(2);
        store.remove("team/alice");
        assertThat(rung).hasSize(3).containsOnly(PARSER);
    }

    /** Who is chosen by a label no longer is when the label is taken away, and must not wait for it for ever. */
    @Test
    void whoUsedItBeforeTheChangeIsRungToo() {
        watch.ring(
                bell,
                (now, before) -> true,
                it -> it.getMetadata().getLabels().containsKey("pool") ? Set.of(PARSER) : Set.of(OTHER));
        bell.start();
        put(labelled("1", Map.of("pool", "a")));
        rung.clear();

        put(labelled("2", Map.of()));

        assertThat(rung).containsExactly(PARSER, OTHER);
    }

    @Test
    void nobodyIsLookedForBeforeTheBellRuns() {
        watch.ring(bell, (now, before) -> true, it -> {
            throw new IllegalStateException("There is no cache yet");
        });

        put(LeanItemStoreTest.alice("1"));

        assertThat(rung).isEmpty();
    }

    @Test
    void aListenerThatFailsKeepsTheChangeFromNobody() {
        BellSource<ParserJob> failing = new BellSource<>("failing", parser -> {});
        failing.start();
        bell.start();
        watch.ring(failing, (now, before) -> true, it -> {
            throw new IllegalStateException("A test's own");
        });
        watch.ring(bell, (now, before) -> true, it -> Set.of(PARSER));

        put(LeanItemStoreTest.alice("1"));

        assertThat(rung).containsExactly(PARSER);
        watch.completed();
        assertThat(watch.all("team")).hasSize(1);
    }
}
