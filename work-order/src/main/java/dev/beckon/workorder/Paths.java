package dev.beckon.workorder;

/** Where a worker pod finds what the operator mounts into it. */
public final class Paths {
    /** The work order. */
    public static final String WORK_ORDER = "/var/run/beckon/work-order/work-order.json";
    /** The campaign's audience Secret, ConfigMap or volume; {@link InviteOrder.Audience.File} names a file in it. */
    public static final String AUDIENCE = "/var/run/beckon/audience";
    /** {@code header}: the line, {@code Name: value}, that is sent when an audience is read from a URL; optional. */
    public static final String AUDIENCE_HEADER = "/var/run/beckon/audience-header";
    /** The volume of a parser's export; {@link ParseOrder.Export} names a file in it. */
    public static final String EXPORT = "/var/run/beckon/export";
    /** A schedule's ConfigMap with its posts and images, or the images of posts written into the schedule; {@link PublishOrder} names them. */
    public static final String POSTS = "/var/run/beckon/posts";
    /** The namespace's worker Secret: {@code jdbc-url}, {@code username}, {@code password}, {@code keys.json}, {@code redis-url}. */
    public static final String LEDGER = "/var/run/beckon/ledger";
    /** {@code ca.crt}: who must have signed the certificate of the ledger's database; optional. */
    public static final String DATABASE_CA = "/var/run/beckon/database-ca";
    /** {@code ca.crt}: the same of Redis; optional. */
    public static final String REDIS_CA = "/var/run/beckon/redis-ca";
    /** The key of certificate authorities, as PEM, as cert-manager names it. */
    public static final String CA_KEY = "ca.crt";
    /** {@code api-id} and {@code api-hash}. */
    public static final String TELEGRAM_APP = "/var/run/beckon/telegram-app";
    /** {@code phone}, {@code code}, {@code password}, {@code bot-token}: as the login method needs. */
    public static final String LOGIN = "/var/run/beckon/login";
    /** {@code username} and {@code password} of the proxy. */
    public static final String PROXY = "/var/run/beckon/proxy";
    /** Memory-backed: the unpacked session. */
    public static final String SESSION = "/var/run/beckon/session";
    /** Kubernetes' termination message. */
    public static final String RESULT = "/dev/termination-log";

    private Paths() {}
}
