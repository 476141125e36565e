package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.TelegramAccount;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeanItemStoreTest {
    private final LeanItemStore<TelegramAccount> store = new LeanItemStore<>();

    static TelegramAccount alice(String version) {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName("alice")
                .withNamespace("team")
                .withResourceVersion(version)
                .build());
        return account;
    }

    @Test
    void whatOnlyTheApiServerAndKubectlReadIsNotKept() {
        TelegramAccount account = alice("1");
        account.getMetadata()
                .setManagedFields(List.of(
                        new ManagedFieldsEntryBuilder().withManager("kubectl").build()));
        account.getMetadata().getAnnotations().put("kubectl.kubernetes.io/last-applied-configuration", "{}");
        account.getMetadata().getAnnotations().put("beckon.dev/log-in", "now");

        store.put("team/alice", account);

        assertThat(store.get("team/alice").getMetadata().getManagedFields()).isEmpty();
        assertThat(store.get("team/alice").getMetadata().getAnnotations()).containsOnlyKeys("beckon.dev/log-in");
    }

    @Test
    void eachChangeIsToldWhenTheStoreHasItAndARepeatedListIsNone() {
        List<Change<TelegramAccount>> told = new ArrayList<>();
        List<Optional<TelegramAccount>> kept = new ArrayList<>();
        store.tell(change -> {
            told.add(change);
            kept.add(Optional.ofNullable(store.get("team/alice")));
        });
        TelegramAccount first = alice("1");
        TelegramAccount again = alice("1");
        TelegramAccount second = alice("2");

        store.put("team/alice", first);
        store.put("team/alice", again);
        store.put("team/alice", second);
        store.remove("team/alice");
        store.remove("team/alice");

        assertThat(told)
                .containsExactly(
                        new Change<>(Optional.empty(), Optional.of(first)),
                        new Change<>(Optional.of(again), Optional.of(second)),
                        new Change<>(Optional.of(second), Optional.empty()));
        assertThat(kept).containsExactly(Optional.of(first), Optional.of(second), Optional.empty());
    }

    @Test
    void severalHearOfAChange() {
        List<String> heard = new ArrayList<>();
        store.tell(change -> heard.add("one"));
        store.tell(change -> heard.add("other"));

        store.put("team/alice", alice("1"));

        assertThat(heard).containsExactly("one", "other");
    }
}
