package dev.beckon.worker.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker's pod can reach and the person who wrote the URL can't is not asked. */
class AddressesTest {
    private static boolean mayBeAsked(String literal, boolean allowPrivate) {
        return Addresses.mayBeAsked(InetAddress.ofLiteral(literal), allowPrivate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"})
    void theInternetMayBeAsked(String literal) {
        assertThat(mayBeAsked(literal, false)).isTrue();
        assertThat(mayBeAsked(literal, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.96.0.1",
                "100.64.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.8",
                "198.18.0.1",
                "203.0.113.7",
                "255.255.255.255",
                "::",
                "::1",
                "fc00::1",
                "fd12:3456::1",
                "fec0::1",
                "2001:db8::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:0a00:0001::1"
            })
    void privateNetworksTheClusterAndThePodOnlyWhereAllowed(String literal) {
        assertThat(mayBeAsked(literal, false)).isFalse();
        assertThat(mayBeAsked(literal, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::",
                "fe80::1",
                "168.63.129.16",
                "::ffff:168.63.129.16",
                "64:ff9b::168.63.129.16",
                "100.100.100.200",
                "fd00:ec2::254",
                "64:ff9b:1::10.0.0.1",
                "64:ff9b:1:a9fe:a9:fe00::",
                "224.0.0.1",
                "ff02::1"
            })
    void aCloudsMetadataAndManyAtOnceNever(String literal) {
        assertThat(mayBeAsked(literal, false)).isFalse();
        assertThat(mayBeAsked(literal, true)).isFalse();
    }

    @Test
    void whatIsSaidInClearStaysWithin() {
        assertThat(Addresses.Reach.PRIVATE_ONLY.admits(InetAddress.ofLiteral("10.96.0.1")))
                .isTrue();
        assertThat(Addresses.Reach.PRIVATE_ONLY.admits(InetAddress.ofLiteral("::1")))
                .isTrue();
        assertThat(Addresses.Reach.PRIVATE_ONLY.admits(InetAddress.ofLiteral("93.184.215.14")))
                .isFalse();
        assertThat(Addresses.Reach.PRIVATE_ONLY.admits(InetAddress.ofLiteral("169.254.169.254")))
                .isFalse();
    }

    @Test
    void aNameOfTheClusterIsOneByItsEnd() {
        for (String name : new String[] {
            "mysql",
            "MYSQL",
            "localhost",
            "a.localhost",
            "db.team.svc",
            "db.team.svc.cluster.local",
            "x.internal.",
            "2130706433"
        }) {
            assertThat(Addresses.isOfTheCluster(name)).as(name).isTrue();
        }
        assertThat(Addresses.isOfTheCluster("files.example.org")).isFalse();
        assertThat(Addresses.isOfTheCluster("2606:4700::1111")).isFalse();
    }

    @Test
    void aRangeEndsWhereItSays() throws UnknownHostException {
        assertThat(mayBeAsked("11.0.0.0", false)).isTrue();
        assertThat(mayBeAsked("9.255.255.255", false)).isTrue();
        assertThat(mayBeAsked("169.253.255.255", false)).isTrue();
    }
}
