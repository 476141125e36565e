-- Who keeps the suppression list by hand. The only user who may take an entry back; what was done stays in the audit for ever.
GRANT SELECT, INSERT, DELETE ON beckon_invite.suppression TO ${user};
GRANT SELECT, INSERT ON beckon_audit.suppression_change TO ${user};
GRANT SELECT, INSERT, UPDATE ON beckon_audit.ledger_sequence TO ${user};
