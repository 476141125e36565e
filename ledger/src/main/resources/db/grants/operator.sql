-- What the operator may do. No ciphertext of people, no session, no look-up key: it has no keys and needs none.
GRANT SELECT, INSERT, UPDATE ON beckon_accounts.account TO ${user};
GRANT SELECT, INSERT ON beckon_accounts.lease TO ${user};
GRANT SELECT, INSERT, UPDATE, DELETE ON beckon_accounts.yield_wish TO ${user};
GRANT SELECT (account_id, version, saved_at) ON beckon_accounts.session_bundle TO ${user};
GRANT SELECT (account_id, digest, given_at), INSERT, UPDATE ON beckon_accounts.login_code TO ${user};
GRANT SELECT ON beckon_accounts.account_use TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_invite.campaign TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_invite.campaign_account TO ${user};
GRANT SELECT ON beckon_invite.audience_import TO ${user};
GRANT SELECT (campaign_id, ordinal, account_id, state, not_before, claim_fence, attempts, next_action, status, reason, asked_at),
  UPDATE (account_id, state, not_before, claim_fence, status, reason) ON beckon_invite.person TO ${user};
GRANT SELECT (intent_id, campaign_id, ordinal, account_id, chat_id, action, state, opened_at, settled_at, status)
  ON beckon_invite.intent TO ${user};
GRANT SELECT (intent_id), DELETE ON beckon_invite.intent_identity TO ${user};
GRANT SELECT, UPDATE (acknowledged_at) ON beckon_invite.breaker TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_invite.consumed_annotation TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_invite.tally TO ${user};
GRANT SELECT ON beckon_invite.pace TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_audit.ledger_sequence TO ${user};
GRANT SELECT, INSERT ON beckon_audit.restored TO ${user};
GRANT SELECT ON beckon_parser.dataset TO ${user};
GRANT SELECT, UPDATE (outcome_unknown) ON beckon_content.schedule TO ${user};
GRANT SELECT (run_id, schedule_id, run_uid, account_id, state, again, post_key, round, started_at, ended_at, next_action_at, waiting_for,
  last_error_reason, last_error_message, last_error_at), UPDATE (state, again, started_at, ended_at) ON beckon_content.publish_run TO ${user};
GRANT SELECT (publication_id, run_id, target, state, reason, link, settled_at), UPDATE (state) ON beckon_content.publication TO ${user};
GRANT SELECT, INSERT ON beckon_content.post_decision TO ${user};
GRANT SELECT (campaign_id, namespace, name, state, closed_because, version, secret_fingerprint, account_ids, consent_basis,
  consent_evidence, dedup_ms, events_per_minute, next_ordinal, deadline_at, cluster_uid), INSERT, UPDATE ON beckon_invite.webhook_door TO ${user};
