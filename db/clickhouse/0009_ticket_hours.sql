-- Service time from a ticket's creation to its last close, beside the calendar time that closed_at − created_at is; 0 while it is open.
-- Rows derived before carry none: facts of an older definition are derived anew (src/facts/factsDefinition.ts).
ALTER TABLE ticket_facts ADD COLUMN IF NOT EXISTS cycle_business_ms Int64;
