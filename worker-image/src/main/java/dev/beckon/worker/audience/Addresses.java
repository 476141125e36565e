package dev.beckon.worker.audience;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses an audience may be fetched from. What a person writes into a campaign is followed with the rights of the
 * worker's pod, so it must not reach what the pod can reach and the person can't.
 *
 * <p>Source: the IANA special-purpose address registries.
 */
final class Addresses {
    /** Wherever it is allowed: the metadata service of a cloud gives its credentials to whoever asks. */
    private static final List<Range> NEVER = ranges(
            "169.254.0.0/16",
            "fe80::/10",
            "224.0.0.0/4",
            "ff00::/8",
            // Not link-local, and a cloud's own all the same: Azure, Amazon, Alibaba.
            "168.63.129.16/32",
            "fd00:ec2::/32",
            "100.100.100.200/32",
            // Translation within a network (RFC 8215), where the IPv4 address may stand at several places.
            "64:ff9b:1::/48");

    /** The pod itself, the cluster, private networks, and what is nobody's. */
    private static final List<Range> PRIVATE = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "::/128",
            "::1/128",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fec0::/10");

    /** An IPv4 address within an IPv6 one: the bytes at which it begins tell which. */
    private record Embedded(Range range, int at) {}

    private static final List<Embedded> EMBEDDED = List.of(
            new Embedded(Range.of("::/96"), 12),
            new Embedded(Range.of("64:ff9b::/96"), 12),
            new Embedded(Range.of("2002::/16"), 2));

    private Addresses() {}

    /** How far a request may go. */
    enum Reach {
        PUBLIC,
        PRIVATE_TOO,
        /** What is said in clear is heard by nobody outside. */
        PRIVATE_ONLY;

        boolean admits(InetAddress address) {
            return switch (this) {
                case PUBLIC -> mayBeAsked(address, false);
                case PRIVATE_TOO -> mayBeAsked(address, true);
                case PRIVATE_ONLY -> mayBeAsked(address, true) && !mayBeAsked(address, false);
            };
        }
    }

    /** @param allowPrivate whether private networks, the cluster and the pod itself may be asked */
    static boolean mayBeAsked(InetAddress address, boolean allowPrivate) {
        byte[] bytes = address.getAddress();
        if (isIn(NEVER, bytes) || (!allowPrivate && isIn(PRIVATE, bytes))) {
            return false;
        }
        return address instanceof Inet4Address
                || EMBEDDED.stream()
                        .filter(form -> form.range.holds(bytes))
                        .allMatch(form -> mayBeAsked(inner(bytes, form.at), allowPrivate));
    }

    /** Names that only a cluster's DNS knows: their addresses may come from any range. */
    static boolean isOfTheCluster(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        boolean single = !bare.contains(".") && !bare.contains(":");
        return single
                || bare.equals("localhost")
                || bare.endsWith(".localhost")
                || bare.endsWith(".svc")
                || bare.endsWith(".local")
                || bare.endsWith(".internal");
    }

    private static boolean isIn(List<Range> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    private static InetAddress inner(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(Range::of).toList();
    }

    /** Addresses that begin alike. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Range(byte[] first, int bits) {
        static Range of(String text) {
            String[] parts = text.split("/", 2);
            InetAddress address = InetAddress.ofLiteral(parts[0]);
            byte[] bytes = address.getAddress();
            boolean widened = parts[0].contains(":") && !(address instanceof Inet6Address);
            if (widened) {
                throw new IllegalArgumentException(text);
            }
            return new Range(bytes, Integer.parseInt(parts[1]));
        }

        boolean holds(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
