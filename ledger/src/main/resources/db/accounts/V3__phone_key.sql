-- Whose session an account has, as an HMAC of the phone: an account that is made again goes on with it for the same phone only. NULL
-- for bots, and for an account whose session no worker of this release has opened yet.

SET @step = (SELECT IF(COUNT(*) = 0,
    'ALTER TABLE account ADD COLUMN phone_key VARBINARY(16) NULL',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'account' AND column_name = 'phone_key');
PREPARE step FROM @step;
EXECUTE step;
DEALLOCATE PREPARE step;
