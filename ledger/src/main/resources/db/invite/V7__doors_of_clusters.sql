-- Until when a door takes people in, and of which cluster its campaign is (the uid of the namespace kube-system): who forgets doors of campaigns that
-- are gone must not take those of another cluster for such. Doors of before have neither; their operator writes both when it looks at them.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE webhook_door ADD COLUMN deadline_at BIGINT NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'webhook_door' AND column_name = 'deadline_at');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE webhook_door ADD COLUMN cluster_uid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'webhook_door' AND column_name = 'cluster_uid');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
