-- An employee is erased on request: their number, name and account become one stand-in everywhere, figures stay. What never changes
-- otherwise may change in this, and in nothing else.

ALTER TABLE erasures DROP CONSTRAINT erasures_kind_check;
-- agent: an employee by the number in the data. account: an employee by the e-mail they signed in with.
ALTER TABLE erasures ADD CONSTRAINT erasures_kind_check CHECK (kind IN ('customer', 'texts', 'agent', 'account'));
ALTER TABLE erasures DROP CONSTRAINT erasures_check;
ALTER TABLE erasures ADD CONSTRAINT erasures_whom CHECK ((kind <> 'texts') = (id_hash IS NOT NULL));
DROP INDEX erasures_customer;
CREATE UNIQUE INDEX erasures_person ON erasures (kind, id_hash) WHERE id_hash IS NOT NULL;

-- Two tables that name a person by one number get another at one moment.
ALTER TABLE scorecard_entries ALTER CONSTRAINT scorecard_entries_period_agent_id_version_fkey DEFERRABLE;
ALTER TABLE meeting_moves ALTER CONSTRAINT meeting_moves_period_agent_id_version_fkey DEFERRABLE;
ALTER TABLE feedback_ratings ALTER CONSTRAINT feedback_ratings_round_id_subject_fkey DEFERRABLE;

-- Whether a change only takes a person out of a row, while an erasure says that it does so.
CREATE FUNCTION only_erases(was jsonb, becomes jsonb, VARIADIC may text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('heng.erasing', true), '') = 'on' AND was - may = becomes - may
$$;

CREATE OR REPLACE FUNCTION refuse_change_of_frozen_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whom the card is of, and whom somebody taught; nothing that was counted.
  IF only_erases(to_jsonb(OLD), to_jsonb(NEW), 'agent_id', 'person', 'input', 'card', 'made_name', 'reason')
    AND OLD.input - 'mentored' IS NOT DISTINCT FROM NEW.input - 'mentored' AND OLD.card - 'steps' = NEW.card - 'steps' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'card % of % in % is frozen; a revision is a version of its own', OLD.version, OLD.agent_id, OLD.period
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND only_erases(to_jsonb(OLD), to_jsonb(NEW), 'by_name', 'note', 'reason') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a row of % is never changed; a correction is a version of its own', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE FUNCTION refuse_change_of_skill_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND only_erases(to_jsonb(OLD), to_jsonb(NEW), 'agent_id', 'by_name', 'reason', 'evidence') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a level that was given never changes; give another' USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION refuse_change_of_published_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND only_erases(to_jsonb(OLD), to_jsonb(NEW), 'created_by', 'published_by') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'version % of plan % is published and cannot be changed', OLD.version, OLD.plan_id
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE FUNCTION refuse_change_of_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND only_erases(to_jsonb(OLD), to_jsonb(NEW), 'created_by') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'version % of the definition of % cannot be changed', OLD.version, OLD.metric_id
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE FUNCTION refuse_change_of_rubric() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND only_erases(to_jsonb(OLD), to_jsonb(NEW), 'published_by') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a published rubric never changes; publish its next version';
END $$;
