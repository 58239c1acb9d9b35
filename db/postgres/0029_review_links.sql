-- Which draft a version was published from, so that what was linked to the draft is followed to it; null where it was none.
ALTER TABLE plan_versions ADD COLUMN draft_id text;

-- Whoever decides or calls off is named.
ALTER TABLE review_occasions ADD CHECK ((dropped_at IS NULL) = (dropped_name IS NULL));
ALTER TABLE reviewed_plans ADD CHECK ((outcome IS NULL) = (decided_name IS NULL) AND (outcome IS NULL) = (decided_by IS NULL));
