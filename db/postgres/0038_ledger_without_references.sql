-- Each of these references cost a look and a lock of the entry's row, a third of what the database does for an entry, and could refuse
-- nothing: the entry is written in the same transaction just before its record and its place in the queue, the trigger of
-- ledger_entries lets none be changed or removed, and a leaf is made from what the queue gives. `heng ledger check` looks at all of it.
ALTER TABLE ledger_records DROP CONSTRAINT ledger_records_entry_id_fkey;
ALTER TABLE ledger_pending DROP CONSTRAINT ledger_pending_entry_id_fkey;
ALTER TABLE ledger_leaves DROP CONSTRAINT ledger_leaves_entry_id_fkey;
