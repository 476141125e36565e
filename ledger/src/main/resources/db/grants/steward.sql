-- Who keeps the suppression list by hand and answers a person's wish to see or erase what is kept of them. The only user who may take a
-- suppression back; what was done stays in the audit for ever.
GRANT SELECT, INSERT, DELETE ON beckon_invite.suppression TO ${user};
GRANT SELECT, INSERT ON beckon_audit.suppression_change TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_audit.ledger_sequence TO ${user};
GRANT SELECT (campaign_id, campaign_uid, namespace, name, registered_at, keep_for_ms) ON beckon_invite.campaign TO ${user};
GRANT SELECT, UPDATE (identity, state, status, reason, claim_fence, not_before) ON beckon_invite.person TO ${user};
GRANT SELECT (campaign_id, started_at, finished_at) ON beckon_invite.audience_import TO ${user};
GRANT SELECT, DELETE ON beckon_invite.person_key TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_invite.tally TO ${user};
GRANT SELECT, INSERT ON beckon_audit.outcome TO ${user};
GRANT SELECT (account_id, account_uid, namespace, name) ON beckon_accounts.account TO ${user};
GRANT SELECT (account_id) ON beckon_accounts.session_bundle TO ${user};
GRANT SELECT (intent_id, campaign_id, account_id, chat_id, action, state, opened_at, status) ON beckon_invite.intent TO ${user};
GRANT SELECT ON beckon_invite.intent_identity TO ${user};
GRANT SELECT (lookup, intent_id) ON beckon_invite.contact TO ${user};
GRANT SELECT (chat_id) ON beckon_invite.chat TO ${user};
GRANT SELECT, UPDATE (phone, telegram_user_id, deleted_at) ON beckon_invite.imported_contact TO ${user};
GRANT SELECT, UPDATE (people, sha256) ON beckon_parser.dataset TO ${user};
GRANT SELECT, DELETE ON beckon_parser.parsed_person TO ${user};
GRANT SELECT, DELETE ON beckon_parser.parsed_key TO ${user};
GRANT SELECT (run_id, schedule_id, ended_at) ON beckon_content.publish_run TO ${user};
GRANT SELECT (publication_id, run_id), DELETE ON beckon_content.publication TO ${user};
