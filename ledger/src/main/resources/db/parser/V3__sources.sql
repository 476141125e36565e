-- By what words a run's chat was found, as a digest: a later run by the same words is of the same chat, or is refused. NULL of runs before
-- this migration.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE dataset ADD COLUMN source BINARY(16) NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'dataset' AND column_name = 'source');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
