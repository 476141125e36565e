-- Who writes the suppression list to a file, by a schedule: reads it, and nothing else. It has keys, to prove with which ones the list was
-- made, and yet can read nobody: the list holds no people.
GRANT SELECT ON beckon_invite.suppression TO ${user};
