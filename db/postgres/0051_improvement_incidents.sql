-- An improvement plan is an incident of the facts as well, which retention is measured by: what of it went out. null: nothing yet.
ALTER TABLE development_plans ADD COLUMN incident_sent text CHECK (incident_sent IN ('confirmed', 'overturned', 'tooLate'));
CREATE INDEX development_plans_improvement ON development_plans (id) WHERE kind = 'improvementPlan';
