-- From a month on a metric of one's own may no longer be offered: a version that says so. What it counted before stays readable.
ALTER TABLE definition_versions DROP CONSTRAINT definition_versions_kind_check;
ALTER TABLE definition_versions ADD CONSTRAINT definition_versions_kind_check CHECK (kind IN ('choice', 'own', 'retired'));
