-- How grave a hit is: as its rule, or as the gravest of the word lists whose words were found. Empty of hits found before, which are as
-- grave as their rule.
ALTER TABLE rule_hits ADD COLUMN IF NOT EXISTS severity LowCardinality(String);
