package dev.beckon.worker.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.audience.Addresses.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name server that changes its mind between the check and the connection gains nothing: the connection's own look-up is checked. */
class GuardedResolverTest {
    private static final LookupPolicy ANY = LookupPolicy.of(LookupPolicy.IPV4);

    /** Answers one after the other. */
    private record Fickle(Queue<List<String>> answers) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
            return answers.remove().stream().map(InetAddress::ofLiteral);
        }

        @Override
        public String lookupByAddress(byte[] address) {
            return "name";
        }
    }

    private static InetAddressResolver answering(List<List<String>> answers) {
        return new GuardedResolver.Over(new Fickle(new ArrayDeque<>(answers)));
    }

    private static String guarded(Reach reach) {
        // No name server is asked for a label of more than 63 characters: there is no such name, and the guard stands
        // all the same.
        String host = "n".repeat(64) + UUID.randomUUID() + ".invalid";
        assertThatThrownBy(() -> GuardedResolver.guard(host, reach)).isInstanceOf(UnknownHostException.class);
        return host;
    }

    @Test
    void aSecondAnswerWithAPrivateAddressIsRefused() throws IOException {
        String host = guarded(Reach.PUBLIC);
        InetAddressResolver resolver = answering(List.of(List.of("93.184.215.14"), List.of("10.96.0.1")));
        assertThat(resolver.lookupByName(host, ANY)).hasSize(1);
        assertThatThrownBy(() -> resolver.lookupByName(host, ANY)).isInstanceOf(GuardedResolver.ForbiddenAddress.class);
    }

    @Test
    void oneBadAddressAmongGoodOnesRefusesTheName() {
        String host = guarded(Reach.PUBLIC);
        InetAddressResolver resolver = answering(List.of(List.of("93.184.215.14", "169.254.169.254")));
        assertThatThrownBy(() -> resolver.lookupByName(host.toUpperCase(java.util.Locale.ROOT), ANY))
                .isInstanceOf(GuardedResolver.ForbiddenAddress.class);
    }

    @Test
    void whatIsAllowedAndWhatIsNotGuardedIsLookedUpAsEver() throws IOException {
        assertThat(answering(List.of(List.of("10.96.0.1"))).lookupByName(guarded(Reach.PRIVATE_TOO), ANY))
                .hasSize(1);
        assertThat(answering(List.of(List.of("127.0.0.1"))).lookupByName("the-ledger", ANY))
                .hasSize(1);
    }

    @Test
    void theJvmUsesItForItsOwnConnections() {
        assertThatThrownBy(() -> GuardedResolver.guard("localhost", Reach.PUBLIC))
                .isInstanceOf(GuardedResolver.ForbiddenAddress.class);
        assertThat(java.util.ServiceLoader.load(java.net.spi.InetAddressResolverProvider.class))
                .anyMatch(GuardedResolver.class::isInstance);
    }
}
