/** What of an employee stands in a table of PostgreSQL. */
export interface EmployeeRecords {
  readonly table: string;
  /** Columns with a number as the data have it; `numbersIf` where only some rows' do. */
  readonly numbers?: readonly string[];
  readonly numbersIf?: string;
  /** Names, each with the column of the number or of the account's id that it belongs to. */
  readonly names?: Readonly<Record<string, string>>;
  /** Names of whoever did it, with nothing else to tell by who it was: changed where nobody else has the same name. */
  readonly signed?: readonly string[];
  /** JSON in which numbers stand under `numberKeys`. */
  readonly json?: readonly string[];
  /** Parts with ` · ` between them, of which one may be a number. */
  readonly parted?: readonly string[];
  /** Which rows are about the employee; $1 is their number and their stand-in. Without it those of the first number. */
  readonly about?: string;
  /** Of rows about them: what was written about them or by them, as what it becomes. */
  readonly become?: Readonly<Record<string, string>>;
  /** Rows about them go. */
  readonly rows?: 'removed';
}

const none = "''";
const ofTheirs = (column: string, table: string, key = 'id'): string =>
  `${column} IN (SELECT ${key} FROM ${table} WHERE agent_id = ANY ($1))`;
/** Which levels were given stays. */
const uncommented = `coalesce((SELECT jsonb_object_agg(key, value || '{"comment": ""}') FROM jsonb_each(marks)), '{}')`;
/** A conversation of theirs that several people rated. */
const ofTheirRecord =
  '(round_id, place) IN (SELECT round_id, place FROM calibration_records WHERE agent_id = ANY ($1))';

/** Every table that names employees, but for accounts (`eraseAccount`) and the audit log, which keeps what was done as it was. */
export const employeeRecords: readonly EmployeeRecords[] = [
  { table: 'ledger_records', numbers: ['agent_id'], rows: 'removed' },
  { table: 'ledger_witnesses', signed: ['added_by'] },

  { table: 'plan_versions', signed: ['created_by', 'published_by'] },
  { table: 'plan_drafts', signed: ['created_by', 'saved_by'] },
  { table: 'plan_assignments', numbers: ['agent_id'], signed: ['assigned_by'] },
  { table: 'plan_acknowledgements', numbers: ['agent_id'], names: { by_name: 'agent_id' } },
  { table: 'plan_reminders', numbers: ['agent_id'], signed: ['by_name'] },
  { table: 'definition_versions', signed: ['created_by'] },
  { table: 'rubric_versions', signed: ['published_by'] },
  { table: 'rule_sets', signed: ['saved_by'] },
  { table: 'imports', signed: ['by'] },
  { table: 'mappings', signed: ['by'] },
  {
    table: 'exemptions',
    numbers: ['subject'],
    numbersIf: "covers = 'agent'",
    names: { entered_name: 'entered_by', approved_name: 'approved_by', withdrawn_name: 'withdrawn_by' },
    about: "covers = 'agent' AND subject = ANY ($1)",
    become: { note: none, withdrawn_reason: none },
  },
  { table: 'exemption_uses', numbers: ['agent_id'] },
  { table: 'signal_runs', signed: ['run_by'] },
  { table: 'signal_findings', numbers: ['agent_id'], json: ['finding'] },

  { table: 'inspection_samples', names: { drawn_name: 'drawn_by' }, json: ['plan'] },
  { table: 'inspection_strata', parted: ['stratum'] },
  { table: 'inspection_tasks', numbers: ['agent_id'], names: { agent_name: 'agent_id' }, parted: ['stratum'] },
  {
    table: 'inspection_forms',
    numbers: ['inspector_agent'],
    names: { inspector_name: 'inspector' },
    about: ofTheirs('task_id', 'inspection_tasks'),
    become: { comment: none, marks: uncommented },
  },
  {
    table: 'inspection_events',
    names: { by_name: 'by_id' },
    about: ofTheirs('task_id', 'inspection_tasks'),
    become: { text: none },
  },
  { table: 'calibration_rounds', signed: ['opened_by'] },
  { table: 'calibration_raters', numbers: ['agent_id'], names: { name: 'member' } },
  { table: 'calibration_records', numbers: ['agent_id'] },
  { table: 'calibration_forms', about: ofTheirRecord, become: { comment: none, marks: uncommented } },
  { table: 'calibration_notes', names: { name: 'member' }, about: ofTheirRecord, become: { text: none } },
  {
    table: 'hit_decisions',
    numbers: ['agent_id'],
    names: { decider_name: 'decided_by' },
    json: ['incident_row'],
    become: { comment: none },
  },
  { table: 'assistant_requests', names: { by_name: 'by_id' } },
  { table: 'best_cases', numbers: ['agent_id'], names: { agent_name: 'agent_id' }, signed: ['proposed_by'] },
  { table: 'best_case_weeks', signed: ['looked_by'] },
  { table: 'service_templates', names: { made_name: 'made_by' } },

  { table: 'cycle_moves', names: { by_name: 'by_id' } },
  { table: 'cycle_work', signed: ['by_name'] },
  { table: 'closings', names: { closed_name: 'closed_by' }, json: ['exemptions'] },
  {
    table: 'scorecards',
    numbers: ['agent_id'],
    names: { made_name: 'made_by' },
    json: ['person', 'input', 'card'],
    become: { reason: none },
  },
  { table: 'scorecard_entries', numbers: ['agent_id'] },
  {
    table: 'meeting_moves',
    numbers: ['agent_id'],
    names: { agent_name: 'agent_id', by_name: 'by_id', undone_name: 'undone_by' },
    become: { reason: none },
  },

  {
    table: 'given_assessments',
    numbers: ['agent_id', 'assessor_agent'],
    names: { assessor_name: 'assessor' },
    become: { note: none },
  },
  {
    table: 'assessment_versions',
    names: { by_name: 'by_id' },
    about: ofTheirs('given_id', 'given_assessments'),
    become: { note: none, reason: none },
  },
  { table: 'assessment_reminders', signed: ['by_name'] },
  {
    table: 'nominations',
    numbers: ['agent_id'],
    names: { agent_name: 'agent_id', by_name: 'by_id' },
    become: { what: none, evidence: none },
  },
  {
    table: 'nomination_decisions',
    names: { by_name: 'by_id' },
    about: ofTheirs('nomination_id', 'nominations'),
    become: { reason: none },
  },
  { table: 'feedback_rounds', signed: ['made_name', 'opened_name', 'closed_name', 'published_name'] },
  { table: 'feedback_subjects', numbers: ['agent_id'], names: { name: 'agent_id' } },
  {
    table: 'feedback_ratings',
    numbers: ['subject', 'rater'],
    names: { rater_name: 'rater' },
    about: 'subject = ANY ($1) OR rater = ANY ($1)',
    become: { comment: none },
  },

  {
    table: 'appeals',
    numbers: ['agent_id'],
    names: { agent_name: 'agent_id', submitted_name: 'submitted_by' },
    signed: ['judge_name'],
    json: ['result'],
    become: { reason: none },
  },
  { table: 'appeal_evidence', names: { by_name: 'by_id' } },
  { table: 'appeal_evidence', about: ofTheirs('appeal_id', 'appeals'), rows: 'removed' },
  {
    table: 'appeal_decisions',
    names: { by_name: 'by_id' },
    about: ofTheirs('appeal_id', 'appeals'),
    json: ['corrections'],
    become: { reason: none },
  },
  {
    table: 'appeal_reviews',
    numbers: ['agent_id'],
    names: { agent_name: 'agent_id', decided_name: 'decided_by' },
    json: ['result'],
    become: { reason: none },
  },
  { table: 'appeal_incidents', json: ['row'] },

  {
    table: 'proposals',
    numbers: ['agent_id'],
    names: { name: 'agent_id', proposed_name: 'proposed_by', decided_name: 'decided_by' },
    json: ['basis', 'suggestion', 'decision'],
    become: { decided_reason: none },
  },
  {
    table: 'proposal_events',
    names: { by_name: 'by_id' },
    json: ['before'],
    about: ofTheirs('proposal_id', 'proposals'),
    become: { reason: none },
  },
  { table: 'bonus_pools', names: { by_name: 'by_id' } },
  {
    table: 'development_plans',
    numbers: ['agent_id'],
    names: { name: 'agent_id', opened_name: 'opened_by', ended_name: 'ended_by' },
    become: { ended_reason: none },
  },
  {
    table: 'development_notes',
    names: { by_name: 'by_id' },
    about: ofTheirs('plan_id', 'development_plans'),
    become: { note: none },
  },

  { table: 'review_occasions', names: { made_name: 'made_by' }, signed: ['dropped_name'] },
  { table: 'reviewed_plans', names: { decided_name: 'decided_by' } },
  {
    table: 'review_interviews',
    numbers: ['agent_id'],
    names: { name: 'agent_id', by_name: 'by_id' },
    become: { summary: none },
  },
  { table: 'interview_changes', names: { by_name: 'by_id' } },
  { table: 'committee_meetings', names: { by_name: 'by_id' } },
  { table: 'committee_actions', names: { by_name: 'by_id' }, signed: ['owner'] },
  { table: 'action_events', names: { by_name: 'by_id' } },

  { table: 'skill_versions', names: { by_name: 'by_id' } },
  { table: 'job_versions', names: { by_name: 'by_id' } },
  {
    table: 'skill_levels',
    numbers: ['agent_id'],
    names: { by_name: 'by_id' },
    become: {
      reason: none,
      evidence: `coalesce((SELECT jsonb_agg(each || '{"text": ""}') FROM jsonb_array_elements(evidence) AS each), '[]')`,
    },
  },
  { table: 'skill_declines', numbers: ['agent_id'], names: { by_name: 'by_id' }, become: { reason: none } },
  { table: 'person_jobs', numbers: ['agent_id'], names: { by_name: 'by_id' }, become: { reason: none } },

  { table: 'erasures', names: { by_name: 'by_id' } },
];

/** Where numbers of employees stand in JSON; a name or a note beside the first two is theirs. */
const numberKeys: ReadonlySet<string> = new Set([
  ...['agentId', 'agent_id', 'agents', 'agentIds', 'mentored', 'mentees', 'subject'],
]);

/** JSON with an employee's number, and what is beside it, replaced by the stand-in. */
export function withoutEmployee(json: unknown, number: string, standIn: string): unknown {
  if (Array.isArray(json)) return json.map((each) => withoutEmployee(each, number, standIn));
  if (typeof json !== 'object' || json === null) return json;
  const given: Readonly<Record<string, unknown>> = { ...json };
  const isTheirs = given.agentId === number || given.agent_id === number;
  const own: Readonly<Record<string, string>> = { name: standIn, agentName: standIn, note: '' };
  const become = (value: unknown) => (value === number ? standIn : withoutEmployee(value, number, standIn));
  // An exemption's subject may be a team or a shop, which may be called as somebody is numbered.
  const isOther = (key: string) => key === 'subject' && given.covers !== undefined && given.covers !== 'agent';
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const theirs = isTheirs && typeof value === 'string' ? own[key] : undefined;
      if (theirs !== undefined) return [key, theirs];
      if (numberKeys.has(key) && !isOther(key)) return [key, Array.isArray(value) ? value.map(become) : become(value)];
      return [key, withoutEmployee(value, number, standIn)];
    }),
  );
}
