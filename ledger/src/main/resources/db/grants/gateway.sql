-- What a gateway may do: let people in who asked for it, as pending. It has keys, and yet can read nobody: no ciphertext of a person, no
-- outcome, no session, no account. It can't open a door, take an opt-out back or move a person on.
GRANT SELECT, UPDATE (next_ordinal) ON beckon_invite.webhook_door TO ${user};
GRANT SELECT, INSERT, UPDATE, DELETE ON beckon_invite.webhook_seen TO ${user};
GRANT SELECT (campaign_id, campaign_uid, chat_id) ON beckon_invite.campaign TO ${user};
GRANT SELECT (campaign_id, ordinal), INSERT (campaign_id, ordinal, account_id, not_before, consent_basis, identity, asked_at)
  ON beckon_invite.person TO ${user};
GRANT SELECT (campaign_id, lookup, ordinal), INSERT, UPDATE (ordinal, import_no) ON beckon_invite.person_key TO ${user};
GRANT SELECT (lookup, chat_id) ON beckon_invite.suppression TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_invite.tally TO ${user};
GRANT INSERT ON beckon_audit.outcome TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_audit.ledger_sequence TO ${user};
