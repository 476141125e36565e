-- How long a campaign's people are kept after the last thing that happened in it; unknown until a worker has told it.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE campaign ADD COLUMN keep_for_ms BIGINT NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'campaign' AND column_name = 'keep_for_ms');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
