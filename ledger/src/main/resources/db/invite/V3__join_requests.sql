-- When an account asked an administrator to let it into the campaign's chat: it asks once, for each wish to join counts.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE campaign_account ADD COLUMN join_asked_at BIGINT NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'campaign_account' AND column_name = 'join_asked_at');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
