-- What people of the team did to the suppression list by hand. No names: the list's own HMACs. No service may change or delete a row.
CREATE TABLE IF NOT EXISTS suppression_change (
  change_id   BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at          BIGINT       NOT NULL,
  lookup      BINARY(16)   NOT NULL,
  chat_id     BIGINT       NOT NULL,
  action      VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decided_by  VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
