-- Which rule of the ledger put a pending person off until not_before; NULL when it is the next attempt after a failed one.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE person ADD COLUMN put_off_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'person' AND column_name = 'put_off_by');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
