-- Campaigns, their people, intents, suppression and limits. Look-ups are 16-byte HMACs, identities are AEAD ciphertext.

CREATE TABLE IF NOT EXISTS campaign (
  campaign_id    BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  campaign_uid   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  namespace      VARCHAR(253) NULL,
  name           VARCHAR(253) NULL,
  chat_id        BIGINT       NULL,
  registered_at  BIGINT       NOT NULL,
  UNIQUE KEY by_uid (campaign_uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What one account does in one campaign; only the holder of that account's lease writes it while it works.
CREATE TABLE IF NOT EXISTS campaign_account (
  campaign_id         BIGINT       NOT NULL,
  account_id          BIGINT       NOT NULL,
  position            INT          NOT NULL,
  next_action_at      BIGINT       NULL,
  waiting_for         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  first_action_at     BIGINT       NULL,
  last_invite_at      BIGINT       NULL,
  last_error_reason   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  last_error_message  VARCHAR(512) NULL,
  last_error_at       BIGINT       NULL,
  invite_link         VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (campaign_id, account_id),
  KEY by_account (account_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audience_import (
  campaign_id       BIGINT       NOT NULL,
  import_no         INT          NOT NULL,
  digest            BINARY(32)   NOT NULL,
  state             VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  first_ordinal     BIGINT       NOT NULL,
  next_line         BIGINT       NOT NULL,
  consent_evidence  VARCHAR(1024) NULL,
  started_at        BIGINT       NOT NULL,
  finished_at       BIGINT       NULL,
  PRIMARY KEY (campaign_id, import_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A person within a campaign. claim_fence is the lease fence of whoever holds the claim; an older fence holds nothing.
CREATE TABLE IF NOT EXISTS person (
  campaign_id    BIGINT      NOT NULL,
  ordinal        BIGINT      NOT NULL,
  account_id     BIGINT      NOT NULL,
  state          ENUM('Pending','InFlight','Done','Unknown') NOT NULL,
  not_before     BIGINT      NOT NULL DEFAULT 0,
  claim_fence    BIGINT      NOT NULL DEFAULT 0,
  attempts       INT         NOT NULL DEFAULT 0,
  next_action    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  status         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  reason         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  consent_basis  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  identity       VARBINARY(2048) NOT NULL,
  PRIMARY KEY (campaign_id, ordinal),
  KEY work (campaign_id, account_id, state, not_before)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS person_key (
  campaign_id  BIGINT     NOT NULL,
  lookup       BINARY(16) NOT NULL,
  ordinal      BIGINT     NOT NULL,
  import_no    INT        NOT NULL,
  PRIMARY KEY (campaign_id, lookup)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Written before a call to Telegram and settled after it: a row that is open is a call whose answer nobody wrote down.
CREATE TABLE IF NOT EXISTS intent (
  intent_id    BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY,
  campaign_id  BIGINT      NOT NULL,
  ordinal      BIGINT      NOT NULL,
  account_id   BIGINT      NOT NULL,
  fence        BIGINT      NOT NULL,
  chat_id      BIGINT      NOT NULL,
  action       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state        ENUM('Open','Settled') NOT NULL,
  opened_at    BIGINT      NOT NULL,
  counted      BOOLEAN     NOT NULL, -- the person's first intent of the day in this chat: what the chat's limit counts
  settled_at   BIGINT      NULL,
  status       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  detail       BLOB        NULL,
  KEY open_of_account (account_id, state),
  KEY of_chat (chat_id, counted, opened_at),
  KEY of_person (campaign_id, ordinal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One human, one chat, one action: once. Freed only when it is proved that nothing happened.
CREATE TABLE IF NOT EXISTS intent_identity (
  chat_id    BIGINT      NOT NULL,
  action     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lookup     BINARY(16)  NOT NULL,
  intent_id  BIGINT      NOT NULL,
  PRIMARY KEY (chat_id, action, lookup),
  KEY of_intent (intent_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who was contacted when, over all campaigns: the frequency cap. identity_gate serialises those who decide about one human.
CREATE TABLE IF NOT EXISTS contact (
  lookup        BINARY(16) NOT NULL,
  intent_id     BIGINT     NOT NULL,
  campaign_id   BIGINT     NOT NULL,
  ordinal       BIGINT     NOT NULL,
  contacted_at  BIGINT     NOT NULL,
  PRIMARY KEY (lookup, intent_id),
  KEY of_intent (intent_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS identity_gate (
  lookup      BINARY(16) NOT NULL PRIMARY KEY,
  touched_at  BIGINT     NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS chat (
  chat_id     BIGINT NOT NULL PRIMARY KEY,
  wait_until  BIGINT NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- chat_id 0 is every chat. Only HMACs: it outlives the erasure of the person.
CREATE TABLE IF NOT EXISTS suppression (
  lookup         BINARY(16)  NOT NULL,
  chat_id        BIGINT      NOT NULL,
  reason         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  suppressed_at  BIGINT      NOT NULL,
  PRIMARY KEY (lookup, chat_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS breaker (
  breaker_id       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  account_id       BIGINT       NULL,
  campaign_id      BIGINT       NULL,
  reason           VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message          VARCHAR(512) NOT NULL,
  tripped_at       BIGINT       NOT NULL,
  acknowledged_at  BIGINT       NULL,
  KEY of_account (account_id, acknowledged_at),
  KEY of_campaign (campaign_id, acknowledged_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Written before a phone is imported as a contact, so that a contact nobody remembers can't stay behind.
CREATE TABLE IF NOT EXISTS imported_contact (
  contact_id        BIGINT         NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id        BIGINT         NOT NULL,
  telegram_user_id  BIGINT         NULL,
  recorded_at       BIGINT         NOT NULL,
  deleted_at        BIGINT         NULL,
  phone             VARBINARY(512) NULL,
  KEY open_of_account (account_id, deleted_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS consumed_annotation (
  owner_uid    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  annotation   VARCHAR(128) NOT NULL,
  value_digest BINARY(32)   NOT NULL,
  started_at   BIGINT       NOT NULL,
  finished_at  BIGINT       NULL,
  affected     BIGINT       NOT NULL DEFAULT 0,
  PRIMARY KEY (owner_uid, annotation, value_digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many people of an account stand where: kept in the transaction that moves them. state 'Line' counts lines that are no person.
CREATE TABLE IF NOT EXISTS tally (
  campaign_id  BIGINT      NOT NULL,
  account_id   BIGINT      NOT NULL,
  state        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  people       BIGINT      NOT NULL,
  PRIMARY KEY (campaign_id, account_id, state, status, reason)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- People finished in each ten minutes, for the rate and the estimate of the end.
CREATE TABLE IF NOT EXISTS pace (
  campaign_id  BIGINT NOT NULL,
  account_id   BIGINT NOT NULL,
  bucket       BIGINT NOT NULL,
  people       BIGINT NOT NULL,
  PRIMARY KEY (campaign_id, bucket, account_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
