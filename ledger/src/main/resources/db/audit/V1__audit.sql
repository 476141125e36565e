-- What happened, for ever as it was written: no service may change or delete an outcome.

CREATE TABLE IF NOT EXISTS outcome (
  outcome_id   BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at           BIGINT       NOT NULL,
  campaign_id  BIGINT       NOT NULL,
  account_id   BIGINT       NULL,
  chat_id      BIGINT       NULL,
  ordinal      BIGINT       NOT NULL,
  person_ref   BINARY(16)   NULL,
  intent_id    BIGINT       NULL,
  action       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason       VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  raw          VARCHAR(512) NULL,
  KEY of_campaign (campaign_id, outcome_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The ledger's sequence number is the sum of the lanes: one lane per account, lane 0 for everything else (docs/decisions/0014).
CREATE TABLE IF NOT EXISTS ledger_sequence (
  lane    BIGINT NOT NULL PRIMARY KEY,
  number  BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
