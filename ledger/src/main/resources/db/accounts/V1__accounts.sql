-- Team accounts, their leases and sessions. Instants are BIGINT milliseconds since 1970-01-01 UTC (docs/decisions/0012).

CREATE TABLE IF NOT EXISTS account (
  account_id        BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_uid       VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  namespace         VARCHAR(253) NULL,
  name              VARCHAR(253) NULL,
  telegram_user_id  BIGINT       NULL,
  username          VARCHAR(64)  NULL,
  display_name      VARCHAR(255) NULL,
  phone_masked      VARCHAR(32)  NULL,
  state             VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state_reason      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  state_message     VARCHAR(512) NULL,
  state_since       BIGINT       NOT NULL,
  qr_link           VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NULL,
  qr_expires_at     BIGINT       NULL,
  cool_down_until   BIGINT       NOT NULL DEFAULT 0,
  registered_at     BIGINT       NOT NULL,
  UNIQUE KEY by_uid (account_uid),
  KEY by_telegram_user (telegram_user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row per account, made with it; holder NULL means free. The fence only ever rises.
CREATE TABLE IF NOT EXISTS lease (
  account_id   BIGINT       NOT NULL PRIMARY KEY,
  fence        BIGINT       NOT NULL DEFAULT 0,
  holder       VARCHAR(255) NULL,
  priority     INT          NOT NULL DEFAULT 0,
  since        BIGINT       NOT NULL DEFAULT 0,
  expires_at   BIGINT       NOT NULL DEFAULT 0,
  takeover_at  BIGINT       NOT NULL DEFAULT 0,
  CONSTRAINT lease_account FOREIGN KEY (account_id) REFERENCES account (account_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS yield_wish (
  account_id  BIGINT       NOT NULL,
  wisher      VARCHAR(128) NOT NULL,
  priority    INT          NOT NULL,
  urgency     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at  BIGINT       NOT NULL,
  PRIMARY KEY (account_id, wisher)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS session_bundle (
  account_id  BIGINT     NOT NULL,
  version     BIGINT     NOT NULL,
  fence       BIGINT     NOT NULL,
  saved_at    BIGINT     NOT NULL,
  bundle      MEDIUMBLOB NOT NULL,
  PRIMARY KEY (account_id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row per counted call, by Telegram user id: one user under two names has one quota.
CREATE TABLE IF NOT EXISTS account_use (
  use_id            BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  telegram_user_id  BIGINT      NOT NULL,
  kind              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  used_at           BIGINT      NOT NULL,
  KEY by_user (telegram_user_id, kind, used_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
