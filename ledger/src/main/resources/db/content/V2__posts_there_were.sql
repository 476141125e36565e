-- Which posts the newest run found, as a digest of their keys: whoever finds the same ones again knows without a run that all were used.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE schedule ADD COLUMN posts_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'schedule' AND column_name = 'posts_digest');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
