-- A card that is revised after publication names the totals it was ranked among.
CREATE INDEX ledger_records_pools ON ledger_records (period) WHERE agent_id IS NULL;
