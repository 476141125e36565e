-- How many lines of an import said something: an audience of which no line can be read is told, and not taken for an empty one.
-- Imports from before, and those of a worker from before, are not judged: they count as 1, and new ones begin with 0.

-- As in each migration, every statement may be repeated: who is killed between two leaves no trace of how far it came.
SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE audience_import ADD COLUMN readable BIGINT NOT NULL DEFAULT 1 AFTER next_line',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'audience_import' AND column_name = 'readable');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
