-- Each inspection and each calibration round is a record of its own in what goes out as facts, so that two of one conversation by the
-- same person do not overwrite each other. What went out before keeps the name it has: a result stays where it was counted.
ALTER TABLE inspection_tasks ADD COLUMN own_record boolean NOT NULL DEFAULT true;
UPDATE inspection_tasks SET own_record = false WHERE facts_revision > 0;
ALTER TABLE calibration_rounds ADD COLUMN own_record boolean NOT NULL DEFAULT true;
UPDATE calibration_rounds SET own_record = false WHERE facts_revision > 0;

-- Scores of a sample are weighted by their stratum: those of open months go out once more, with their weight.
UPDATE inspection_tasks AS t SET facts_revision = facts_revision + 1
WHERE sample_id IS NOT NULL AND final_form IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM cycles AS c
  WHERE c.state IN ('closed', 'published', 'final') AND c.period = to_char(t.happened_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM'));

-- A second opinion near the first makes the median of both what counts; far from it, somebody else reviews (`apart`). null: the
-- score of the final form.
ALTER TABLE inspection_tasks ADD COLUMN counted numeric(5, 2) CHECK (counted BETWEEN 0 AND 100);
ALTER TABLE inspection_events DROP CONSTRAINT inspection_events_what_check;
ALTER TABLE inspection_events ADD CONSTRAINT inspection_events_what_check
  CHECK (what IN ('submitted', 'undone', 'second', 'asked', 'disputed', 'apart', 'upheld', 'changed', 'appealed'));

-- A round ends with the version of the rubric in which what was agreed is worded, where there is one; records on which the raters were
-- too far apart are rated anew in a round that follows it.
ALTER TABLE calibration_rounds ADD COLUMN reworded integer;
ALTER TABLE calibration_rounds ADD FOREIGN KEY (rubric_id, reworded) REFERENCES rubric_versions;
ALTER TABLE calibration_rounds ADD COLUMN follows bigint UNIQUE REFERENCES calibration_rounds;
