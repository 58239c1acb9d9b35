-- Two people replied at the same instant: only their messages' ids order them. A derivation of everything goes without those ids first.
ALTER TABLE session_facts ADD COLUMN tied Bool AFTER message_count;
