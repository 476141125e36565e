package dev.beckon.demo.proof;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a person or another device would do, by the simulator's control door. */
public final class ControlDoor {
    private final String url;

    /** @param url of the door, with a slash at its end */
    public ControlDoor(String url) {
        this.url = url;
    }

    /**
     * A phone that is logged in as this person scans the QR code of a login.
     *
     * @param link a key to the person's account: to be shown to nobody
     * @return false when the link is no longer valid
     */
    public boolean scan(String person, String link) {
        return Http.post(url + "accept-login?account=" + query(person) + "&link=" + query(link));
    }

    /** A person joins a chat by themselves. */
    public void join(String chat, String person) {
        done("join?chat=" + query(chat) + "&person=" + query(person));
    }

    /** A person ends all sessions of the account, as Telegram's app can under Devices. */
    public void revoke(String account) {
        done("revoke?account=" + query(account));
    }

    private void done(String what) {
        if (!Http.post(url + what)) {
            throw new IllegalStateException("the simulator did not do " + what);
        }
    }

    private static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
