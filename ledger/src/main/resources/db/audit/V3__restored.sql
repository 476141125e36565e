-- When somebody accepted that an older backup was restored: from then on a worker asks Telegram before it writes to anybody.
CREATE TABLE IF NOT EXISTS restored (
  restored_id     BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  acknowledged_at BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
