-- Webhook campaigns. The operator tells what a gateway must know of each (the token as HMAC, the signing key as ciphertext); the gateway
-- takes the number of each event from next_ordinal, so all events of a campaign come one after the other, also through several gateways.

CREATE TABLE IF NOT EXISTS webhook_door (
  campaign_id        BIGINT         NOT NULL PRIMARY KEY,
  namespace          VARCHAR(253)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name               VARCHAR(253)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state              VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closed_because     VARCHAR(255)   NULL,
  version            BIGINT         NOT NULL,
  token_digest       BINARY(16)     NULL,
  signing_key        VARBINARY(1024) NULL,
  secret_fingerprint BINARY(16)     NULL,
  account_ids        VARCHAR(2048)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  consent_basis      VARCHAR(16)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  consent_evidence   VARCHAR(1024)  NULL,
  dedup_ms           BIGINT         NOT NULL,
  events_per_minute  INT            NOT NULL,
  next_ordinal       BIGINT         NOT NULL,
  changed_at         BIGINT         NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which events came within the window for repeats: HMACs of an event's id, its signature or its phone.
CREATE TABLE IF NOT EXISTS webhook_seen (
  campaign_id  BIGINT     NOT NULL,
  seen_key     BINARY(16) NOT NULL,
  ordinal      BIGINT     NOT NULL,
  until_at     BIGINT     NOT NULL,
  PRIMARY KEY (campaign_id, seen_key),
  KEY by_end (until_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- When a person asked for it themselves, just now: quiet hours let them be answered for a quarter of an hour. NULL for people of a list.
SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE person ADD COLUMN asked_at BIGINT NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'person' AND column_name = 'asked_at');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
