-- When an older backup was found to have been restored, once somebody has accepted that: what was sent before then may be forgotten, so a
-- worker asks Telegram before it writes to anybody.
CREATE TABLE IF NOT EXISTS restored (
  restored_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  found_at    BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
