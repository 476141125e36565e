-- A person may have a post of unknown outcome published again: the run goes on where nobody can tell, and each word of a person works
-- once.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE publish_run ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'publish_run' AND column_name = 'again');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;

CREATE TABLE IF NOT EXISTS post_decision (
  schedule_id   BIGINT     NOT NULL,
  value_digest  BINARY(32) NOT NULL,
  decided_at    BIGINT     NOT NULL,
  PRIMARY KEY (schedule_id, value_digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
