package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.SessionOptions;
import java.util.List;

/** How a client is set up: nothing is kept but the session itself, and nothing is asked that a worker doesn't need. */
final class TdParameters {
    /** Options whose defaults make TDLib ask or store what only a chat application shows. */
    private static final List<String> ON = List.of(
            "disable_persistent_network_statistics",
            "disable_network_statistics",
            "disable_time_adjustment_protection",
            "disable_top_chats",
            "disable_animated_emoji",
            "ignore_inline_thumbnails",
            "ignore_default_disable_notification",
            "ignore_background_updates");

    private static final List<String> OFF = List.of("online", "use_storage_optimizer", "use_quick_ack");

    private TdParameters() {}

    /** Sends all at once: TDLib keeps their order, and opens the session with the last one. */
    static void send(TdClient client, SessionOptions options) {
        ON.forEach(name -> client.post(option(name, true)));
        OFF.forEach(name -> client.post(option(name, false)));
        // Before setTdlibParameters, so that no connection is ever made past the proxy.
        options.proxy()
                .ifPresentOrElse(proxy -> client.post(addProxy(proxy)), () -> client.post(Td.object("disableProxy")));
        var _ = client.ask(parameters(options)).thenAccept(answer -> {
            if (Td.is(answer, "error")) {
                client.openingFailed(answer);
            }
        });
    }

    private static ObjectNode option(String name, boolean value) {
        ObjectNode request = Td.object("setOption").put("name", name);
        request.set("value", Td.object("optionValueBoolean").put("value", value));
        return request;
    }

    /** TDLib 1.8.63 moved the proxy's fields into an object; each version reads the fields it knows. */
    private static ObjectNode addProxy(SessionOptions.Proxy proxy) {
        ObjectNode type = Td.object("proxyTypeSocks5")
                .put("username", proxy.username().orElse(""))
                .put("password", proxy.password().orElse(""));
        ObjectNode nested = Td.object("proxy").put("server", proxy.host()).put("port", proxy.port());
        nested.set("type", type);
        ObjectNode request = Td.object("addProxy")
                .put("server", proxy.host())
                .put("port", proxy.port())
                .put("enable", true)
                .put("comment", "");
        request.set("type", type.deepCopy());
        request.set("proxy", nested);
        return request;
    }

    private static ObjectNode parameters(SessionOptions options) {
        String directory = options.directory().toString();
        return Td.object("setTdlibParameters")
                .put("use_test_dc", options.testDataCentre())
                .put("database_directory", directory)
                .put("files_directory", options.directory().resolve("files").toString())
                .put("use_file_database", false)
                .put("use_chat_info_database", false)
                .put("use_message_database", false)
                .put("use_secret_chats", false)
                .put("api_id", options.apiId())
                .put("api_hash", options.apiHash())
                .put("system_language_code", "en")
                .put("device_model", "Beckon")
                .put("system_version", System.getProperty("os.name"))
                .put("application_version", "0.1");
    }
}
