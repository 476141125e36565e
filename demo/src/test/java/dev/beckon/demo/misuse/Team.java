package dev.beckon.demo.misuse;

import dev.beckon.demo.stage.CampaignYaml;
import dev.beckon.demo.stage.Manifests;
import dev.beckon.demo.stage.Stage;

/** Whose accounts and chats are misused. */
final class Team {
    static final String HOME = "default";

    /** Of another team, with a Secret of the same installation. */
    static final String ELSEWHERE = "other-team";

    /** Whose people come by webhook. */
    static final String HOOKS = "hook-team";

    /** Who write lists. */
    static final String LISTS = "list-team";

    static final String MEETUP = "@misuse_meetup";
    static final String SECOND = "@misuse_second";
    static final String FOREIGN = "@misuse_foreign";

    private Team() {}

    /** The other team's namespace, and all accounts logged in. */
    static void settle(Stage stage) {
        stage.namespace(ELSEWHERE);
        stage.apply(resource("accounts.yaml"));
        stage.accountsReady(HOME);
        stage.accountsReady(ELSEWHERE);
    }

    /** A team of its own, with its accounts logged in. */
    static void settle(Stage stage, String namespace, String manifest) {
        stage.namespace(namespace);
        stage.apply(resource(manifest));
        stage.accountsReady(namespace);
    }

    /** Of the team's own, for its meetup. */
    static CampaignYaml campaign(String name, String account) {
        return CampaignYaml.of(name, HOME, account, MEETUP);
    }

    /** A manifest beside this class. */
    static String resource(String name) {
        return Manifests.beside(Team.class, name);
    }
}
