package dev.beckon.worker.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.audience.Addresses.Reach;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person, or a server that was asked, writes where an address is due is followed with the rights of a pod. */
class LocationFuzzTest {
    /** Stands in the inputs' paths, queries and headers. */
    private static final String CANARY = "Zanzibar77";

    /** The first line is what a person wrote, each further one where the server there sends on to. */
    @FuzzTest
    void ways(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        Optional<Location> at = Location.of(lines[0]);
        for (int i = 1; i < lines.length && at.isPresent(); i++) {
            assertSound(at.get());
            String next = lines[i];
            at = at.get().next(next);
        }
        at.ifPresent(LocationFuzzTest::assertSound);
    }

    private static void assertSound(Location location) {
        assertThat(location.uri().getScheme().toLowerCase(Locale.ROOT)).isIn("http", "https");
        assertThat(location.uri().getUserInfo()).isNull();
        assertThat(location.uri().getPort()).isBetween(-1, 65_535);
        assertThat(location.host()).isNotEmpty().doesNotContain("[", "]", "@", "/");
        assertThat(location.isOfTheSameServer(location)).isTrue();
        assertThat(HttpRequest.newBuilder(location.uri()).build().uri()).isEqualTo(location.uri());
        literal(location.host()).ifPresent(LocationFuzzTest::assertGuarded);
        assertThat(Addresses.isOfTheCluster(location.host().toUpperCase(Locale.ROOT)))
                .isEqualTo(Addresses.isOfTheCluster(location.host()));
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Any address, of four bytes or of sixteen, is judged; what the JDK calls no address of the Internet is none. */
    @FuzzTest
    void addresses(byte[] bytes) throws UnknownHostException {
        if (bytes.length == 4 || bytes.length == 16) {
            assertGuarded(InetAddress.getByAddress(bytes));
        }
        if (bytes.length == 4) {
            // As IPv4-compatible, translated, and 6to4: what may not be asked by itself may not be asked in another's
            // clothes.
            for (String form : List.of("00", "0064ff9b0000000000000000", "2002")) {
                byte[] within = Arrays.copyOf(HexFormat.of().parseHex(form), 16);
                System.arraycopy(bytes, 0, within, form.equals("2002") ? 2 : 12, 4);
                InetAddress wrapped = InetAddress.getByAddress(within);
                for (Reach reach : Reach.values()) {
                    assertThat(reach == Reach.PRIVATE_ONLY
                                    || !reach.admits(wrapped)
                                    || reach.admits(InetAddress.getByAddress(bytes)))
                            .isTrue();
                }
            }
        }
    }

    private static void assertGuarded(InetAddress address) {
        boolean never = address.isLinkLocalAddress() || address.isMulticastAddress();
        boolean unique = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc; // fc00::/7
        boolean within =
                unique || address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isSiteLocalAddress();
        if (never || within) {
            assertThat(Reach.PUBLIC.admits(address)).isFalse();
        }
        if (never) {
            assertThat(Reach.PRIVATE_TOO.admits(address)).isFalse();
            assertThat(Reach.PRIVATE_ONLY.admits(address)).isFalse();
        }
        assertThat(Reach.PUBLIC.admits(address) && Reach.PRIVATE_ONLY.admits(address))
                .isFalse();
    }

    @FuzzTest
    void headers(byte[] bytes) {
        try {
            SecretHeader header = SecretHeader.parse(new String(bytes, StandardCharsets.UTF_8));
            header.on(HttpRequest.newBuilder());
            assertThat(header.value()).doesNotContain("\r", "\n");
            assertThat(header.toString()).doesNotContain(CANARY);
        } catch (BadInput e) {
            assertThat(e).hasNoCause();
            assertThat(e.getMessage()).doesNotContain(CANARY);
        }
    }
}
