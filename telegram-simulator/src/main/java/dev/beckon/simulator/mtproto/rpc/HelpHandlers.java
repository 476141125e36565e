package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.telegram.Freeze;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** What a client asks of a data centre before it asks of people. */
final class HelpHandlers {
    private static final int MAIN_DATA_CENTRE = 2;
    private static final int TEST_DATA_CENTRES = 10_000;

    /** Telegram's own default. */
    private static final int DAYS_UNTIL_UNUSED_ACCOUNTS_GO = 548;

    /** The hash of the configuration in which nothing stands; a client that has none asks with 0. */
    private static final int EMPTY_CONFIG = 1;

    private final IntSupplier port;

    HelpHandlers(IntSupplier port) {
        this.port = port;
    }

    Map<String, Handler> methods() {
        return Map.of(
                "help.getConfig",
                this::getConfig,
                "help.getNearestDc",
                HelpHandlers::getNearestDc,
                "help.getAppConfig",
                HelpHandlers::getAppConfig,
                "help.getPromoData",
                call -> expiringEmpty("help.promoDataEmpty"),
                "help.getTermsOfServiceUpdate",
                call -> expiringEmpty("help.termsOfServiceUpdateEmpty"),
                "account.updateStatus",
                call -> true,
                "account.getAccountTTL",
                HelpHandlers::getAccountTtl,
                "bots.getBotCommands",
                HelpHandlers::getBotCommands);
    }

    private static TlObject getAccountTtl(Call call) {
        call.world().logins().ask(call.caller());
        return TlObject.of("accountDaysTTL").set("days", DAYS_UNTIL_UNUSED_ACCOUNTS_GO);
    }

    private static Object getBotCommands(Call call) {
        call.caller();
        return List.of();
    }

    private static TlObject expiringEmpty(String constructor) {
        return TlObject.of(constructor).set("expires", now() + 86_400);
    }

    /** The machine's time, for clients plan their next question by it. */
    private static int now() {
        return Shows.seconds(Instant.now());
    }

    private static TlObject getNearestDc(Call call) {
        return TlObject.of("nearestDc")
                .set("country", "")
                .set("this_dc", call.context().dataCentre() % TEST_DATA_CENTRES)
                .set("nearest_dc", MAIN_DATA_CENTRE);
    }

    /** A client that has it already is told so. What is in it depends on who asks: core.telegram.org/api/auth#frozen-accounts. */
    private static TlObject getAppConfig(Call call) {
        Optional<Freeze> freeze = call.world().logins().freeze(call.authKeyId());
        int hash = freeze.map(it -> Shows.seconds(it.since())).orElse(EMPTY_CONFIG);
        return call.query().integer("hash") == hash
                ? TlObject.of("help.appConfigNotModified")
                : TlObject.of("help.appConfig")
                        .set("hash", hash)
                        .set(
                                "config",
                                TlObject.of("jsonObject")
                                        .set(
                                                "value",
                                                freeze.map(HelpHandlers::frozen).orElse(List.of())));
    }

    private static List<TlObject> frozen(Freeze freeze) {
        return List.of(
                configured("freeze_since_date", number(freeze.since())),
                configured("freeze_until_date", number(freeze.until().orElse(Instant.EPOCH))),
                configured("freeze_appeal_url", TlObject.of("jsonString").set("value", "https://t.me/SpamBot")));
    }

    private static TlObject configured(String key, TlObject value) {
        return TlObject.of("jsonObjectValue").set("key", key).set("value", value);
    }

    private static TlObject number(Instant instant) {
        return TlObject.of("jsonNumber").set("value", (double) instant.getEpochSecond());
    }

    private TlObject getConfig(Call call) {
        int dataCentre = call.context().dataCentre();
        return TlObject.of("config")
                .set("date", now())
                .set("expires", now() + 3_600)
                .set("test_mode", dataCentre > TEST_DATA_CENTRES)
                .set("this_dc", dataCentre % TEST_DATA_CENTRES)
                .set(
                        "dc_options",
                        IntStream.rangeClosed(1, 5).mapToObj(this::dataCentre).toList())
                .set("dc_txt_domain_name", "")
                .set("chat_size_max", 200)
                .set("megagroup_size_max", 200_000)
                .set("forwarded_count_max", 100)
                .set("online_update_period_ms", 210_000)
                .set("offline_blur_timeout_ms", 5_000)
                .set("offline_idle_timeout_ms", 30_000)
                .set("online_cloud_timeout_ms", 300_000)
                .set("notify_cloud_delay_ms", 30_000)
                .set("notify_default_delay_ms", 1_500)
                .set("push_chat_period_ms", 60_000)
                .set("push_chat_limit", 2)
                .set("edit_time_limit", 172_800)
                .set("revoke_time_limit", Shows.FOREVER)
                .set("revoke_pm_time_limit", Shows.FOREVER)
                .set("rating_e_decay", 2_419_200)
                .set("stickers_recent_limit", 200)
                .set("channels_read_media_period", 604_800)
                .set("call_receive_timeout_ms", 20_000)
                .set("call_ring_timeout_ms", 90_000)
                .set("call_connect_timeout_ms", 30_000)
                .set("call_packet_timeout_ms", 10_000)
                .set("me_url_prefix", "https://t.me/")
                .set("caption_length_max", 1_024)
                .set("message_length_max", 4_096)
                .set("webfile_dc_id", 4);
    }

    /** All five are this one. */
    private TlObject dataCentre(int id) {
        return TlObject.of("dcOption")
                .set("static", true)
                .set("id", id)
                .set("ip_address", "127.0.0.1")
                .set("port", port.getAsInt());
    }
}
