package dev.beckon.worker.audience;

import dev.beckon.worker.audience.Addresses.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The JVM's look-up of names, with a guard over those an audience is fetched from: whoever connects to such a name gets only
 * addresses that may be asked. The check is part of the look-up that the connection itself makes, so a name server that
 * answers first with a harmless address and then with another one gains nothing. All other names are looked up as ever.
 */
public final class GuardedResolver extends InetAddressResolverProvider {
    /** By host: which addresses may be asked. */
    private static final Map<String, Reach> GUARDED = new ConcurrentHashMap<>();

    /**
     * From now on the name has only addresses that may be asked.
     *
     * @throws ForbiddenAddress when one that may not be asked is known for it already
     */
    static void guard(String host, Reach reach) throws UnknownHostException {
        GUARDED.put(host.toLowerCase(Locale.ROOT), reach);
        // The JVM keeps answers for some seconds: one from before the guard is met here.
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (!reach.admits(address)) {
                throw new ForbiddenAddress(host);
            }
        }
    }

    /** A name with an address that may not be asked. */
    static final class ForbiddenAddress extends UnknownHostException {
        private static final long serialVersionUID = 1;

        ForbiddenAddress(String host) {
            super(host);
        }
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Over(configuration.builtinResolver());
    }

    /** @param plain how names are looked up otherwise */
    record Over(InetAddressResolver plain) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            Reach reach = GUARDED.get(host.toLowerCase(Locale.ROOT));
            Stream<InetAddress> found = plain.lookupByName(host, policy);
            if (reach == null) {
                return found;
            }
            // One bad address refuses the name: which of them a connection takes is not ours to say.
            List<InetAddress> all = found.toList();
            if (!all.stream().allMatch(reach::admits)) {
                throw new ForbiddenAddress(host);
            }
            return all.stream();
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return plain.lookupByAddress(address);
        }
    }

    @Override
    public String name() {
        return "beckon-guarded";
    }
}
