-- What parser runs found. A person is one line of the dataset's NDJSON export as AEAD ciphertext; look-ups are 16-byte HMACs.

-- One run. position is where its next page begins; it is written in the transaction that writes the page before.
CREATE TABLE IF NOT EXISTS dataset (
  dataset_id    BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  dataset_uid   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parser_uid    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  namespace     VARCHAR(253) NOT NULL,
  name          VARCHAR(253) NOT NULL,
  account_id    BIGINT       NOT NULL,
  chat_id       BIGINT       NOT NULL,
  administered  BOOLEAN      NOT NULL, -- whether the account administered the source: only then may its people be invited
  state         ENUM('Reading','Read','Complete') NOT NULL,
  position      BIGINT       NOT NULL DEFAULT 0,
  people        BIGINT       NOT NULL DEFAULT 0,
  scanned       BIGINT       NOT NULL DEFAULT 0,
  listed        BIGINT       NOT NULL DEFAULT 0,
  chat_total    BIGINT       NOT NULL DEFAULT 0,
  bots          BIGINT       NOT NULL DEFAULT 0,
  deleted       BIGINT       NOT NULL DEFAULT 0,
  filtered      BIGINT       NOT NULL DEFAULT 0,
  duplicates    BIGINT       NOT NULL DEFAULT 0,
  sha256        BINARY(32)   NULL, -- of the NDJSON export; NULL before the end, and once somebody was erased from it
  keep_for_ms   BIGINT       NULL,
  started_at    BIGINT       NOT NULL,
  last_page_at  BIGINT       NOT NULL,
  completed_at  BIGINT       NULL,
  UNIQUE KEY by_uid (dataset_uid),
  KEY of_parser (parser_uid, dataset_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS parsed_person (
  dataset_id  BIGINT NOT NULL,
  ordinal     BIGINT NOT NULL,
  line        VARBINARY(4096) NOT NULL,
  PRIMARY KEY (dataset_id, ordinal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS parsed_key (
  dataset_id  BIGINT     NOT NULL,
  lookup      BINARY(16) NOT NULL,
  ordinal     BIGINT     NOT NULL,
  PRIMARY KEY (dataset_id, lookup),
  KEY of_human (lookup)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
