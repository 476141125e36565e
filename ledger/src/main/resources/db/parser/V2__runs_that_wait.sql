-- A run is known before its chat is, and tells what it waits for, what went wrong and how much of the list Telegram shows: all that a
-- status needs is in one row. Nothing of it is personal.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE dataset
       MODIFY COLUMN chat_id BIGINT NULL,
       ADD COLUMN listing VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
       ADD COLUMN next_action_at BIGINT NULL,
       ADD COLUMN waiting_for VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
       ADD COLUMN last_error_reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
       ADD COLUMN last_error_message VARCHAR(512) NULL,
       ADD COLUMN last_error_at BIGINT NULL,
       ADD COLUMN exported_at BIGINT NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'dataset' AND column_name = 'exported_at');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
