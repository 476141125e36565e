-- What schedules published. A post that was taken is kept as AEAD ciphertext until its run ends; of what was published the beginning
-- stays, which is public in the chat.

CREATE TABLE IF NOT EXISTS schedule (
  schedule_id      BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  schedule_uid     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  namespace        VARCHAR(253) NOT NULL,
  name             VARCHAR(253) NOT NULL,
  registered_at    BIGINT       NOT NULL,
  round            INT          NOT NULL DEFAULT 1, -- raised when every post was used and they are used again
  posts_total      INT          NOT NULL DEFAULT 0, -- as the newest run found them
  posts_used       INT          NOT NULL DEFAULT 0, -- of those, in this round
  published        BIGINT       NOT NULL DEFAULT 0, -- counts of publications, not of posts: one a target
  failed           BIGINT       NOT NULL DEFAULT 0,
  outcome_unknown  BIGINT       NOT NULL DEFAULT 0,
  last_post_text   VARCHAR(64)  NULL,
  last_post_link   VARCHAR(512) NULL,
  last_post_at     BIGINT       NULL,
  UNIQUE KEY by_uid (schedule_uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One run publishes one post in every target. run_uid is the Job's or the operator's own; post is NULL before the turn and after the end.
CREATE TABLE IF NOT EXISTS publish_run (
  run_id              BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  schedule_id         BIGINT       NOT NULL,
  run_uid             VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id          BIGINT       NOT NULL,
  state               ENUM('Running','Waiting','Complete','Failed') NOT NULL,
  post_key            VARCHAR(253) NULL,
  round               INT          NULL,
  post                MEDIUMBLOB   NULL,
  started_at          BIGINT       NOT NULL,
  ended_at            BIGINT       NULL,
  next_action_at      BIGINT       NULL,
  waiting_for         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  last_error_reason   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  last_error_message  VARCHAR(512) NULL,
  last_error_at       BIGINT       NULL,
  UNIQUE KEY by_uid (schedule_id, run_uid),
  KEY newest_of_schedule (schedule_id, run_id),
  KEY unfinished_of_schedule (schedule_id, ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Never deleted but for a run that reached no target: a post that was used is not sent again.
CREATE TABLE IF NOT EXISTS post_use (
  schedule_id  BIGINT       NOT NULL,
  round        INT          NOT NULL,
  post_key     VARCHAR(253) NOT NULL,
  run_id       BIGINT       NOT NULL,
  used_at      BIGINT       NOT NULL,
  PRIMARY KEY (schedule_id, round, post_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A run's post in one target: 'Open' is an intent, written before the call. target is a digest of what the user wrote, which may be a
-- private link. Two targets that lead to the same chat are one.
CREATE TABLE IF NOT EXISTS publication (
  publication_id  BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  run_id          BIGINT       NOT NULL,
  target          BINARY(16)   NOT NULL,
  account_id      BIGINT       NOT NULL,
  chat_id         BIGINT       NULL,
  state           ENUM('Pending','Open','Published','PlainText','Failed','OutcomeUnknown') NOT NULL,
  plain           BOOLEAN      NOT NULL DEFAULT FALSE, -- Telegram refused the formatting: what is sent has none
  not_before      BIGINT       NOT NULL DEFAULT 0,
  opened_at       BIGINT       NULL,
  settled_at      BIGINT       NULL,
  message_id      BIGINT       NULL,
  link            VARCHAR(512) NULL,
  reason          VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  raw             VARCHAR(512) NULL,
  UNIQUE KEY one_a_target (run_id, target),
  UNIQUE KEY one_a_chat (run_id, chat_id),
  KEY of_target (target, publication_id),
  KEY of_chat (chat_id, settled_at),
  KEY in_flight (state, run_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
