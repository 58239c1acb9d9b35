-- The first word belongs to a supervisor without a hand in what is disputed. Where there was none, who gave it instead is noted.
ALTER TABLE appeal_decisions ADD COLUMN in_place boolean NOT NULL DEFAULT false;
