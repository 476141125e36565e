-- The login code that a person gave by annotation, until the login takes it. Useless without the session that asked for it. The digest
-- stays: one code is given once, however often its annotation is seen.
CREATE TABLE IF NOT EXISTS login_code (
  account_id  BIGINT      NOT NULL PRIMARY KEY,
  code        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  digest      CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  given_at    BIGINT      NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
