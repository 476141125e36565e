package dev.beckon.gateway.webhook;

import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.webhook.DoorSeal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may bring events: whoever shows the campaign's token, or signs with its key. A wrong one, and a campaign that does not
 * exist, are answered alike and after the same work.
 */
public final class Callers {
    static final String TOKEN = "X-Beckon-Token";
    static final String TIMESTAMP = "X-Beckon-Timestamp";
    static final String SIGNATURE = "X-Beckon-Signature";

    /** How far the clocks of a caller and ours may be apart. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private static final String BEARER = "bearer ";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern HEX = Pattern.compile("sha256=[0-9a-fA-F]{64}");
    private static final Pattern SECRET_IN_QUERY = Pattern.compile("(^|&)(token|secret|access_token|signature)=");

    /** What is signed with where there is no key, so that it takes as long. */
    private static final byte[] NO_KEY = "no key of any campaign, ever".getBytes(StandardCharsets.UTF_8);

    private final DoorSeal seal;

    public Callers(DoorSeal seal) {
        this.seal = seal;
    }

    /**
     * Lets a caller in.
     *
     * @return the signature, by which the same request is known when it comes again; empty for a token
     * @throws Refused with 401, and 400 for headers that contradict each other
     */
    Optional<String> admit(Call call, OpenDoor door, Instant now) {
        Optional<String> signature = one(call, SIGNATURE);
        Optional<String> token = token(call);
        if (signature.isPresent()) {
            return Optional.of(signed(call, door, signature.get(), now));
        }
        if (token.isEmpty()) {
            throw new Refused(401, nothingShown(call));
        }
        if (!seal.isToken(door.found(), token.get())) {
            throw wrong();
        }
        return Optional.empty();
    }

    private static Optional<String> token(Call call) {
        Optional<String> header = one(call, TOKEN);
        Optional<String> bearer = one(call, "Authorization")
                .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(text -> text.substring(BEARER.length()).strip());
        if (header.isPresent() && bearer.isPresent() && !header.equals(bearer)) {
            throw new Refused(400, "Authorization and " + TOKEN + " show two tokens: send one.");
        }
        return header.or(() -> bearer);
    }

    private static Optional<String> one(Call call, String header) {
        List<String> all = call.headers().all(header);
        if (all.size() > 1) {
            throw new Refused(400, "The header " + header + " is there " + all.size() + " times: send it once.");
        }
        return all.stream().map(String::strip).findFirst();
    }

    private static String signed(Call call, OpenDoor door, String signature, Instant now) {
        String timestamp = one(call, TIMESTAMP)
                .orElseThrow(() -> new Refused(
                        401, SIGNATURE + " needs " + TIMESTAMP + ", the seconds since 1970, which is signed too."));
        if (!SECONDS.matcher(timestamp).matches()) {
            throw new Refused(401, TIMESTAMP + " is no number of seconds since 1970.");
        }
        long apart = Math.abs(now.getEpochSecond() - Long.parseLong(timestamp));
        if (apart > SKEW.toSeconds()) {
            throw new Refused(
                    401,
                    TIMESTAMP + " is " + apart + " seconds off the gateway's clock, and " + SKEW.toSeconds()
                            + " are allowed: sign each request when it is sent, and set the caller's clock.");
        }
        if (!HEX.matcher(signature).matches()) {
            throw new Refused(401, SIGNATURE + " is not of the form sha256=HEX, with 64 hexadecimal digits.");
        }
        byte[] shown = HexFormat.of().parseHex(signature, "sha256=".length(), signature.length());
        byte[] expected = hmac(door.signingKey().orElse(NO_KEY), call, timestamp);
        boolean same = MessageDigest.isEqual(expected, shown);
        if (!same || door.signingKey().isEmpty()) {
            throw wrong();
        }
        return HexFormat.of().formatHex(shown);
    }

    /** What callers sign: {@code timestamp.method.path?query.body}, as it stands in the request. */
    static byte[] hmac(byte[] key, Call call, String timestamp) {
        String target = call.query().isEmpty() ? call.path() : call.path() + "?" + call.query();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((timestamp + "." + call.method() + "." + target + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(call.body());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Refused wrong() {
        return new Refused(
                401, "There is no webhook of this name, or this is not its token or a signature with its key.");
    }

    private static String nothingShown(Call call) {
        String how = "Show the campaign's token as \"Authorization: Bearer TOKEN\" or \"" + TOKEN
                + ": TOKEN\", or sign the request.";
        return SECRET_IN_QUERY.matcher(call.query()).find()
                ? "A secret in the address stands in every log on its way, so it is not taken. " + how
                : how;
    }
}
