import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Role, roles } from '../src/people/actor.ts';
import { lookOf } from '../src/people/looks.ts';
import type { CreatedKey } from '../src/people/schemas.ts';
import { computesOnly, leaves, showsNobody } from './audited.ts';
import { reachedFromRoutes } from './reachedFrom.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';
import { twoTeams } from './twoTeams.ts';

/**
 * Every route of the API: who gets past its door, and a request that the door is the only obstacle to.
 * Columns: a visitor without sign-in, then agent, supervisor, inspector, trainer, HR, administrator, director.
 */
interface Sample {
  /** What `{…}` in the path stands for; somebody who does not exist unless given. */
  readonly id?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const noDraft = '00000000-0000-4000-8000-000000000000';
const noExemption = {
  ...{ covers: 'team', subject: 'nowhere', metrics: [], reason: 'outage', note: 'x' },
  ...{ firstDay: '2026-10-05', lastDay: '2026-10-05' },
};
const noSample = { plan: { name: 'x', period: '2026-10', rubric: 'nowhere', seed: 'x' }, preview: true };
const noRound = { name: 'x', rubric: 'nowhere', period: '2026-10', seed: 'x', records: 1, raters: ['a', 'b'] };
const noForm = { period: '2026-10', plan: 'nowhere', form: 'none' };
const noAnswers = { ...noForm, agentId: 'x', answers: {}, note: '', revision: 0 };
const assistantOff = {
  ...{ on: false, baseUrl: '', model: '', key: null, budgetKind: 'calls', budget: 1, perMinute: 1 },
  ...{ timeoutSeconds: 1, threshold: 1, sharedMin: 5 },
};
const noAssignment = { team: '', tier: '', agentId: '', fromMonth: '2099-01', planId: 'nowhere' };
const noTemplate = { title: 'x', strategies: ['calmDown'], words: '', lines: ['1'] };
const noWords = { name: { zh: '词', en: 'Words' }, severity: 'minor', text: '', reason: '' };
const noHit = { sessionId: 'session of zhao', rule: 'abuse', messageKey: '0', decision: 'confirmed' };
const noAppeal = { period: '2026-10', kind: 'item', subject: 'x', reason: 'x' };
const noDecision = { decision: 'rejected', reason: 'x', corrections: [] };
const words = { zh: '词', en: 'Words' };
const noEdit = { id: 'nowhere', version: 0 };
const noSkill = { name: words, about: words, anchors: Array(5).fill(words), sources: [], retired: false };
const noJob = { name: words, about: words, requires: {}, next: null, tiers: [], retired: false };
const noLevel = { skill: 'nowhere', level: 3, reason: 'x' };
const noOccasion = { kind: 'other', title: 'x', day: '2026-10-05', note: '', plans: ['nowhere'] };
const noInterview = { occasion: 999_999, whom: 'customer', who: 'x', day: '2026-10-05', summary: 'x' };
const noAction = { meeting: 999_999, occasion: null, department: 'x', owner: 'x', what: 'x', dueOn: '2026-10-05' };
const october = 'plan=appliance-aftersales&period=2026-10';
const tried = 'plan=appliance-aftersales&periods=2026-10';

const table: readonly (readonly [marks: string, route: string, sample?: Sample])[] = [
  // v  a s i t h A d
  ['✓  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/welcome'],
  ['✓  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/setup/look', { body: { token: 'x' } }],
  ['✓  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/setup', { body: { token: 'x', password: 'a long password' } }],
  [
    '✓  ✓ ✓ ✓ ✓ ✓ ✓ ✓',
    'POST /api/auth/sign-in/email',
    { body: { email: 'open@heng.test', password: 'password of open@heng.test' } },
  ],
  ['✓  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/auth/sign-out'],
  ['✓  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/auth/oidc'],
  ['✓  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/auth/oidc/callback'],
  [
    '·  ✓ ✓ ✓ ✓ ✓ ✓ ✓',
    'POST /api/auth/change-password',
    { body: { currentPassword: 'not the password', newPassword: 'a long password' } },
  ],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/me'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/roles'],
  ['·  · · · · ✓ ✓ ·', 'GET /api/people'],
  [
    '·  · · · · · ✓ ·',
    'POST /api/people',
    { body: { email: 'new@heng.test', name: '新人', role: 'hr', scope: { kind: 'all' } } },
  ],
  ['·  · · · · · ✓ ·', 'PATCH /api/people/{id}', { body: { name: '新名' } }],
  ['·  · · · · · ✓ ·', 'POST /api/people/{id}/deactivate'],
  ['·  · · · · · ✓ ·', 'POST /api/people/{id}/reactivate'],
  ['·  · · · · · ✓ ·', 'POST /api/people/{id}/link'],
  ['·  · · · · · ✓ ·', 'GET /api/keys'],
  ['·  · · · · · ✓ ·', 'POST /api/keys', { body: { name: '系统', scopes: ['ingest.write'] } }],
  ['·  · · · · · ✓ ·', 'DELETE /api/keys/{id}'],
  ['·  · · · · · ✓ ·', 'POST /api/people/{id}/end-wait'],
  ['·  · · · · · ✓ ·', 'POST /api/people/{id}/reset-second-factor'],
  ['·  · · · · · ✓ ·', 'PUT /api/second-factor', { body: { roles: [] } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/account/second-factor', { body: { password: 'not the password' } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/account/second-factor/confirm', { body: { code: '000000' } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/account/second-factor/end', { body: { code: '000000' } }],
  ['·  · · · · ✓ ✓ ·', 'GET /api/audit'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/ledger'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/ledger/entries'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/ledger/receipts/{entry}', { id: '999999' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/ledger/checkpoints'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/ledger/consistency', { query: 'from=1&to=2' }],
  ['·  · · · · · ✓ ·', 'POST /api/ledger/witnesses', { body: { key: 'nobody' } }],
  ['·  · · · · · ✓ ·', 'POST /api/ledger/cosignatures', { body: { note: 'nothing' } }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/overview', { query: october }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/scorecards', { query: october }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/scorecards/{agentId}', { id: 'zhao', query: october }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/scorecards/{agentId}/outlook', { id: 'zhao', query: october }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/scorecards.csv', { query: october }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/scorecards.xlsx', { query: october }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/cycles'],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/cycles/{period}', { id: '2026-10' }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/cycles/{period}/export.xlsx', { id: '2026-10' }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/cycles/{period}/export.json', { id: '2026-10' }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/cycles/{period}/export.csv', { id: '2026-10' }],
  ['·  · · · · ✓ ✓ ·', 'GET /api/cycles/{period}/people', { id: '2026-10' }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/cycles/{period}/open', { id: '2099-01', body: {} }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/cycles/{period}/close', { id: '2099-01', body: {} }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/cycles/{period}/publish', { id: '2099-01', body: {} }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/cycles/{period}/finalise', { id: '2099-01', body: {} }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/cycles/{period}/revise', { id: '2099-01', body: { agentId: 'x', reason: 'x' } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/metrics', { query: 'period=2026-10&by=agent&metric=reply_rate' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/metrics/definitions'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/metrics/intervals', { query: 'period=2026-10&by=agent&metric=reply_rate' }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/metrics/funnel', { query: 'period=2026-10&metric=reply_rate' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/metrics/history'],
  ['·  · ✓ · · ✓ ✓ ✓', 'POST /api/metrics/preview', { body: { text: 'id: nonsense' } }],
  [
    '·  · ✓ · · ✓ ✓ ✓',
    'POST /api/metrics/dual-run',
    { body: { period: '2026-10', change: { metric: 'reply_rate', options: {}, minN: 5 } } },
  ],
  ['·  · · · · ✓ ✓ ·', 'POST /api/metrics/own', { body: { text: 'id: nonsense' } }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/metrics/own/{id}/retire', { id: 'own_none', body: {} }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/metrics/own/{id}/restore', { id: 'own_none', body: {} }],
  [
    '·  · · · · ✓ ✓ ·',
    'POST /api/metrics/changes',
    { body: { changes: [{ metric: 'x', options: {}, minN: 1 }], reason: '' } },
  ],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/organisation'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/evidence', { query: 'period=2026-10&metric=reply_rate' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/tickets/{id}', { id: 'ticket of zhao' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/orders', { query: 'period=2026-10' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/orders/{id}', { id: 'order of zhao' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/verdict-switch', { query: 'period=2026-10' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ·', 'GET /api/sessions/{id}', { id: 'session of zhao' }],
  ['·  · ✓ ✓ · · ✓ ·', 'GET /api/signals', { query: 'period=2026-10' }],
  ['·  · · ✓ · · ✓ ·', 'POST /api/signals/runs', { body: { period: '2026-10' } }],
  ['·  · · ✓ · · ✓ ·', 'PUT /api/signals/thresholds', { body: { values: {} } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/rubrics'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/rubrics/{id}'],
  ['·  · · ✓ ✓ ✓ ✓ ·', 'POST /api/rubrics/check', { body: { text: 'id: nonsense' } }],
  ['·  · · ✓ ✓ ✓ ✓ ·', 'POST /api/rubrics', { body: { text: 'id: nonsense' } }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/samples'],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/samples/{id}', { id: '1' }],
  ['·  · · ✓ · · ✓ ·', 'POST /api/samples', { body: noSample }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ·', 'GET /api/inspections'],
  ['·  · · ✓ ✓ · · ·', 'POST /api/inspections', { body: { sessionId: 'session of zhao', rubric: 'nowhere' } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ·', 'GET /api/inspections/{id}', { id: '1' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ·', 'GET /api/inspections/{id}/transcript', { id: '1' }],
  [
    '·  · · ✓ ✓ · · ·',
    'PUT /api/inspections/{id}/form',
    { id: '1', body: { marks: {}, comment: '', seconds: 0, revision: 0 } },
  ],
  ['·  · · ✓ ✓ · · ·', 'POST /api/inspections/{id}/submit', { id: '1', body: { revision: 1 } }],
  ['·  · · ✓ ✓ · · ·', 'POST /api/inspections/{id}/undo', { id: '1' }],
  ['·  · · ✓ ✓ · · ·', 'POST /api/inspections/{id}/ask', { id: '1', body: { text: '请再看' } }],
  ['·  ✓ · · · · · ·', 'POST /api/inspections/{id}/dispute', { id: '1', body: { text: '不同意' } }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/calibrations'],
  ['·  · · ✓ ✓ · ✓ ·', 'POST /api/calibrations', { body: noRound }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/calibrations/{id}', { id: '1' }],
  ['·  · · ✓ ✓ · ✓ ·', 'POST /api/calibrations/{id}/close', { id: '1', body: { outcome: '' } }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/calibrations/{id}/records/{place}', { id: '1' }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/calibrations/{id}/records/{place}/transcript', { id: '1' }],
  [
    '·  · · ✓ ✓ · · ·',
    'PUT /api/calibrations/{id}/records/{place}/form',
    { id: '1', body: { marks: {}, comment: '', seconds: 0, revision: 0 } },
  ],
  ['·  · · ✓ ✓ · · ·', 'POST /api/calibrations/{id}/records/{place}/submit', { id: '1', body: { revision: 1 } }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/calibrations/{id}/records/{place}/notes', { id: '1', body: { text: 'x' } }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/rule-agreement'],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/assessments'],
  ['·  · ✓ ✓ ✓ ✓ · ·', 'GET /api/assessments/form', { query: 'period=2026-10&plan=nowhere&form=none' }],
  ['·  · ✓ ✓ ✓ ✓ · ·', 'PUT /api/assessments/answers', { body: noAnswers }],
  ['·  · ✓ ✓ ✓ ✓ · ·', 'POST /api/assessments/submit', { body: noForm }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/assessments/behind', { query: 'period=2026-10' }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/assessments/remind', { body: { period: '2026-10' } }],
  ['·  · ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/nominations'],
  ['·  · ✓ ✓ ✓ ✓ · ·', 'POST /api/nominations', { body: { ...noForm, agentId: 'x', what: 'x', evidence: 'x' } }],
  [
    '·  · · · · ✓ · ✓',
    'POST /api/nominations/{id}/decide',
    { id: '1', body: { accepted: false, points: '0', reason: 'x' } },
  ],
  ['·  ✓ ✓ · ✓ ✓ ✓ ✓', 'GET /api/outcomes'],
  [
    '·  · ✓ · · ✓ · ·',
    'POST /api/outcomes',
    { body: { period: '2026-10', agentId: 'zhao', kind: 'honour', reason: 'x' } },
  ],
  ['·  · ✓ · · ✓ ✓ ·', 'POST /api/outcomes/decisions', { body: { ids: [1], decision: 'declined', reason: 'x' } }],
  [
    '·  · · · · ✓ ✓ ·',
    'POST /api/outcomes/approvals',
    { body: { period: '2026-10', kind: 'coefficient', reason: 'x' } },
  ],
  ['·  · ✓ · · ✓ · ·', 'GET /api/outcomes/{id}/events', { id: '1' }],
  ['·  ✓ ✓ · ✓ ✓ ✓ ✓', 'GET /api/scorecards/{agentId}/outcomes', { id: 'zhao' }],
  ['·  ✓ ✓ · ✓ ✓ ✓ ✓', 'GET /api/development-plans'],
  ['·  · ✓ · ✓ ✓ · ·', 'POST /api/development-plans/{id}/notes', { id: '1', body: { day: '2026-10-01', note: 'x' } }],
  ['·  · ✓ · ✓ ✓ · ·', 'POST /api/development-plans/{id}/end', { id: '1', body: { result: 'reached', reason: 'x' } }],
  ['·  · · · · ✓ ✓ ✓', 'GET /api/payouts', { query: 'period=2026-10' }],
  ['·  · · · · ✓ ✓ ✓', 'GET /api/payouts.csv', { query: 'period=2026-10' }],
  ['·  · · · · ✓ ✓ ✓', 'GET /api/payouts.xlsx', { query: 'period=2026-10' }],
  ['·  · · · · ✓ ✓ ✓', 'GET /api/payouts.json', { query: 'period=2026-10' }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/payouts/budget', { body: { period: '2026-10', budget: null, reason: 'x' } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/skills'],
  ['·  · · · · ✓ ✓ ·', 'POST /api/skills', { body: { ...noEdit, content: noSkill } }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/jobs', { body: { ...noEdit, content: noJob } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/skills/people/{agentId}'],
  ['·  · ✓ · ✓ ✓ · ·', 'GET /api/skill-proposals'],
  ['·  · ✓ · ✓ ✓ · ·', 'POST /api/skills/people/{agentId}/levels', { body: { ...noLevel, evidence: [] } }],
  ['·  · ✓ · ✓ ✓ · ·', 'POST /api/skills/people/{agentId}/decisions', { body: { ...noLevel, decision: 'declined' } }],
  ['·  · · · · ✓ ✓ ·', 'PUT /api/skills/people/{agentId}/job', { body: { job: 'nowhere', reason: 'x' } }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/reviews'],
  ['·  · · · · ✓ ✓ ·', 'POST /api/reviews', { body: noOccasion }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/reviews/{id}/call-off', { id: '1', body: { reason: 'x' } }],
  [
    '·  · · · · ✓ ✓ ·',
    'POST /api/reviews/{id}/outcomes',
    { id: '1', body: { outcome: 'kept', plan: 'x', reason: 'x' } },
  ],
  ['·  · · · · ✓ ✓ ·', 'POST /api/review-interviews', { body: noInterview }],
  [
    '·  · · · · ✓ ✓ ·',
    'POST /api/review-interviews/{id}/changes',
    { id: '1', body: { what: 'plan', subject: 'x', version: 1 } },
  ],
  ['·  · · · · ✓ ✓ ·', 'POST /api/committee-meetings', { body: { day: '2026-10-05', departments: ['x'], notes: '' } }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/committee-actions', { body: noAction }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/committee-actions/{id}/moves', { id: '1', body: { move: 'done', reason: 'x' } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/rounds/mine'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/rounds/ratings/{id}', { id: '1' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'PUT /api/rounds/ratings/{id}', { id: '1', body: { answers: {}, comment: '', revision: 0 } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/rounds/ratings/{id}/submit', { id: '1', body: { revision: 0 } }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'POST /api/rounds/ratings/{id}/reopen', { id: '1', body: { revision: 0 } }],
  ['·  · · · · ✓ · ✓', 'GET /api/rounds'],
  ['·  · · · · ✓ · ·', 'POST /api/rounds', { body: { ...noForm, name: 'x', dueOn: '2026-11-20' } }],
  ['·  · · · · ✓ · ✓', 'GET /api/rounds/{id}', { id: '1' }],
  ['·  · · · · ✓ · ·', 'DELETE /api/rounds/{id}', { id: '1' }],
  ['·  · · · · ✓ · ·', 'PUT /api/rounds/{id}/raters', { id: '1', body: { subject: 'x', raters: [] } }],
  ['·  · · · · ✓ · ✓', 'POST /api/rounds/{id}/open', { id: '1' }],
  ['·  · · · · ✓ · ·', 'POST /api/rounds/{id}/close', { id: '1' }],
  ['·  · · · · ✓ · ✓', 'POST /api/rounds/{id}/publish', { id: '1' }],
  ['·  · · · · ✓ · ✓', 'GET /api/rounds/{id}/report', { id: '1' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/rounds/{id}/results/{agentId}', { id: '1' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/cases'],
  ['·  · · ✓ ✓ · ✓ ·', 'POST /api/cases/proposals', { body: { week: 'never' } }],
  ['·  · ✓ ✓ ✓ · · ·', 'PUT /api/cases/{id}/vote', { id: '1', body: { for: true } }],
  ['·  · · ✓ ✓ · ✓ ·', 'PUT /api/cases/{id}/template', { id: '1', body: noTemplate }],
  ['·  · · ✓ ✓ · ✓ ·', 'DELETE /api/cases/{id}/template', { id: '1' }],
  ['·  · · ✓ ✓ ✓ ✓ ·', 'POST /api/rubrics/cite', { body: { text: '', item: 'x', level: 'x', case: 1, line: 0 } }],
  ['·  · ✓ ✓ · · ✓ ·', 'GET /api/rules'],
  ['·  · ✓ ✓ · · ✓ ·', 'GET /api/rules/{id}', { id: 'abuse' }],
  ['·  · · ✓ · · ✓ ·', 'PUT /api/rules/{id}', { id: 'abuse', body: { text: 'id: x', reason: '' } }],
  ['·  · · ✓ · · ✓ ·', 'POST /api/rule-trials', { body: { text: 'id: nonsense' } }],
  ['·  · · ✓ · · ✓ ·', 'GET /api/rule-trials/{id}', { id: noDraft }],
  ['·  · ✓ ✓ · · ✓ ·', 'GET /api/word-lists/{id}', { id: 'abuse' }],
  ['·  · · ✓ · · ✓ ·', 'PUT /api/word-lists/{id}', { id: 'abuse', body: noWords }],
  ['·  · ✓ · · ✓ ✓ ·', 'GET /api/inspection'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/inspection/engines', { query: 'period=2026-10' }],
  ['·  · ✓ ✓ · · ✓ ·', 'GET /api/hits'],
  ['·  · ✓ ✓ · · · ·', 'POST /api/hits/decisions', { body: noHit }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ·', 'GET /api/sessions/{id}/inspection', { id: 'session of zhao' }],
  ['·  · · ✓ ✓ ✓ ✓ ✓', 'GET /api/assistant'],
  ['·  · · · · · ✓ ·', 'PUT /api/assistant', { body: assistantOff }],
  ['·  · · · · · ✓ ·', 'POST /api/assistant/measure', { body: { rubric: 'nowhere', count: 1 } }],
  ['·  · · ✓ ✓ · · ·', 'GET /api/inspections/{id}/suggestion', { id: '1' }],
  ['·  · · ✓ ✓ · · ·', 'POST /api/inspections/{id}/suggestion', { id: '1' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/plans'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/plans/{id}', { id: 'appliance-aftersales' }],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/plans/{id}/diff', { id: 'appliance-aftersales', query: 'from=1&to=1' }],
  ['·  · · · · · ✓ ·', 'POST /api/ingest/{kind}', { id: 'agents', body: [] }],
  ['·  · · · · · ✓ ·', 'POST /api/uploads', { query: 'name=agents.csv', body: 'agent_id,name\nA1,x\n' }],
  ['·  · · · · · ✓ ·', 'GET /api/uploads/{id}'],
  ['·  · · · · · ✓ ·', 'POST /api/uploads/{id}/preview', { body: {} }],
  ['·  · · · · · ✓ ·', 'POST /api/uploads/{id}/import', { body: {} }],
  ['·  · ✓ · · ✓ ✓ ·', 'GET /api/imports'],
  ['·  · ✓ · · ✓ ✓ ·', 'GET /api/imports/{id}', { id: '1' }],
  ['·  · ✓ · · ✓ ✓ ·', 'GET /api/imports/{id}/rejects', { id: '1' }],
  ['·  · ✓ · · ✓ ✓ ·', 'GET /api/mappings'],
  [
    '·  · · · · · ✓ ·',
    'PUT /api/mappings/{name}',
    { body: { kind: 'agents', columns: { agent_id: '工号', name: '姓名' } } },
  ],
  ['·  · · · · · ✓ ·', 'DELETE /api/mappings/{name}'],
  ['·  · ✓ · · ✓ ✓ ·', 'GET /api/freshness'],
  ['·  ✓ ✓ ✓ ✓ ✓ ✓ ✓', 'GET /api/calendar', { query: 'month=2026-10' }],
  ['·  · · · · ✓ ✓ ·', 'PUT /api/calendar', { body: { set: [{ date: '2026-12-24', type: 'holiday' }] } }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/back-test', { query: tried }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/back-test.csv', { query: tried }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/back-test.xlsx', { query: tried }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/plans', { body: { text: 'id: nonsense' } }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/plan-assignments'],
  ['·  · · · · ✓ ✓ ·', 'PUT /api/plan-assignments', { body: noAssignment }],
  ['·  ✓ · · · · · ·', 'GET /api/acknowledgements/mine'],
  ['·  ✓ · · · · · ·', 'POST /api/acknowledgements/mine', { body: { plan: 'nowhere', version: 1 } }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/acknowledgements', { query: 'plan=appliance-aftersales&version=1' }],
  ['·  · ✓ · · ✓ ✓ ·', 'POST /api/acknowledgements/remind', { body: { plan: 'nowhere', version: 1 } }],
  ['·  · ✓ ✓ · ✓ ✓ ✓', 'GET /api/exemptions'],
  ['·  · ✓ · · ✓ ✓ ·', 'POST /api/exemptions', { body: noExemption }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/exemptions/{id}/approve', { id: '2026-10-05-000000' }],
  ['·  · ✓ · · ✓ ✓ ·', 'POST /api/exemptions/{id}/withdraw', { id: '2026-10-05-000000', body: { reason: '误登' } }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'GET /api/appeals'],
  ['·  ✓ ✓ · · · · ·', 'POST /api/appeals', { body: noAppeal }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'GET /api/appeals/{id}', { id: '1' }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'POST /api/appeals/{id}/evidence', { id: '1', body: { kind: 'text', text: 'x' } }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'POST /api/appeals/{id}/files', { id: '1', query: 'name=x.txt', body: 'x' }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'GET /api/appeals/{id}/files/{file}', { id: '1' }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'POST /api/appeals/{id}/preview', { id: '1', body: { corrections: [] } }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'POST /api/appeals/{id}/decide', { id: '1', body: noDecision }],
  ['·  ✓ ✓ · · ✓ ✓ ✓', 'GET /api/appeal-window', { query: 'period=2026-10&agent=zhao' }],
  ['·  · ✓ ✓ · ✓ ✓ ✓', 'GET /api/appeal-statistics'],
  ['·  · · · · ✓ ✓ ·', 'GET /api/appeal-reviews/{id}/preview', { id: '1' }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/appeal-reviews/{id}/decide', { id: '1', body: { decision: 'stands', reason: 'x' } }],
  ['·  · · · · ✓ ✓ ✓', 'GET /api/cycles/{period}/meeting', { id: '2026-01' }],
  [
    '·  · · · · ✓ ✓ ·',
    'POST /api/cycles/{period}/meeting/moves',
    { id: '2026-01', body: { agentId: 'x', grade: 'x', reason: 'x' } },
  ],
  ['·  · · · · ✓ ✓ ·', 'POST /api/cycles/{period}/meeting/moves/{move}/undo', { id: '1' }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/drafts'],
  ['·  · · · · ✓ ✓ ·', 'POST /api/drafts', { body: { text: 'name: nobody' } }],
  ['·  · ✓ · · ✓ ✓ ✓', 'POST /api/drafts/try', { body: { text: 'id: x' } }],
  ['·  · ✓ · · ✓ ✓ ✓', 'GET /api/drafts/{id}', { id: noDraft }],
  ['·  · · · · ✓ ✓ ·', 'PUT /api/drafts/{id}', { id: noDraft, body: { text: 'id: x', revision: 1 } }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/drafts/{id}/publish', { id: noDraft, body: { revision: 1 } }],
  ['·  · · · · ✓ ✓ ·', 'DELETE /api/drafts/{id}', { id: noDraft }],
  ['·  · · · · ✓ ✓ ·', 'POST /api/drafts/{id}/restore', { id: noDraft }],
  ['·  · · · · · ✓ ·', 'GET /api/erasures'],
  ['·  · · · · · ✓ ·', 'POST /api/erasures/look', { body: { customerId: 'nobody' } }],
  ['·  · · · · · ✓ ·', 'POST /api/erasures', { body: { customerId: 'nobody', reason: 'x' } }],
  ['·  · · · · · ✓ ·', 'POST /api/erasures/employees/look', { body: { employee: 'nobody' } }],
  ['·  · · · · · ✓ ·', 'POST /api/erasures/employees', { body: { employee: 'nobody', reason: 'x' } }],
  ['·  · · · · · ✓ ·', 'GET /api/retention/preview', { query: 'months=600' }],
  ['·  · · · · · ✓ ·', 'PUT /api/retention', { body: { months: null } }],
];

/** What a key made for sending data may do besides looking at itself. */
const ingestKeyMay = new Set([
  ...['GET /api/me', 'GET /api/roles', 'POST /api/ingest/{kind}', 'POST /api/uploads'],
  ...['GET /api/uploads/{id}', 'POST /api/uploads/{id}/preview', 'POST /api/uploads/{id}/import'],
]);

type Visitor = 'visitor' | Role;
const visitors: readonly Visitor[] = ['visitor', ...roles];

const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

let heng: TestApp;
const browsers = new Map<Visitor, Browser>();
beforeAll(async () => {
  heng = await openTestApp();
  await heng.person({ role: 'hr', email: 'open@heng.test' });
  await twoTeams(heng);
});
afterAll(() => heng?.close());

async function browserOf(visitor: Visitor): Promise<Browser> {
  if (visitor === 'visitor') return heng.browser();
  const known = browsers.get(visitor);
  if (known) return known;
  const browser = await heng.signedIn({ role: visitor, agentId: visitor === 'agent' ? 'zhao' : null });
  browsers.set(visitor, browser);
  return browser;
}

async function call(browser: Browser, route: string, sample: Sample = {}): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const id = encodeURIComponent(sample.id ?? 'nobody');
  const filled = path.replace(/\{\w+\}/g, id) + (sample.query ? `?${sample.query}` : '');
  return browser(method, filled, sample.body, sample.headers);
}

/** Whose personal data a route shows, as the server is told. */
const lookAt = (route: string) =>
  route.startsWith('GET ') ? lookOf(route.slice('GET '.length).replace(/\{(\w+)\}/g, ':$1')) : null;

const isOpenDoor = async (response: Response): Promise<boolean> => {
  if (response.status === 401 || response.status === 403) {
    const { error } = z.object({ error: z.object({ code: z.string() }) }).parse(await response.json());
    expect(['signIn.needed', 'permission.missing']).toContain(error.code);
    return false;
  }
  return true;
};

describe('permissions', () => {
  it('every route of the API is in the table, and no other', async () => {
    const document = documentSchema.parse(await (await heng.app.request('/api/openapi.json')).json());
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(table.map(([, route]) => route).sort()).toEqual(routes.sort());
  });

  it('no route exists that the API’s document does not tell of', () => {
    const documented = new Set(table.map(([, route]) => route));
    const served = heng.app.routes
      .filter((route) => route.path.startsWith('/api/') && route.method !== 'ALL' && route.path !== '/api/openapi.json')
      .map((route) => `${route.method} ${route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`);
    expect(served.filter((route) => !documented.has(route))).toEqual([]);
  });

  it('every route that changes something comes to the audit log, and those said to compute alone come to no statement that writes', () => {
    const { reached, textOf } = reachedFromRoutes();
    // Rows that are sent go in together with the entry that tells of them.
    const audited = (route: string) =>
      ['audit', 'auditEntry'].some((name) => reached(route).has(`src/people/audit.ts#${name}`));
    const changing = table.map(([, route]) => route).filter((route) => !route.startsWith('GET ') && route !== leaves);
    expect(changing.filter((route) => !audited(route)).sort()).toEqual([...computesOnly].sort());
    const writes = /\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/;
    for (const route of computesOnly)
      expect([route, [...reached(route)].filter((name) => writes.test(textOf(name)))]).toEqual([route, []]);
    // The looks at what is not masked: files as they came, exports, addresses, pay, who did what.
    const unmasked =
      /\.(csv|xlsx|json)$|\/rejects$|\/files\/|^GET \/api\/(people|payouts|outcomes|audit)$|\/sessions\/\{id\}$/;
    const looks = table.map(([, route]) => route).filter((route) => route.startsWith('GET ') && unmasked.test(route));
    expect(looks.length).toBeGreaterThan(15);
    expect(looks.filter((route) => !audited(route))).toEqual([]);
    // And every other look at what is kept about a person: whoever adds a route says whether it is one.
    const read = table.map(([, route]) => route).filter((route) => route.startsWith('GET '));
    const unsaid = (route: string) => lookAt(route) === null && !showsNobody.has(route);
    expect(read.filter((route) => unsaid(route) && !audited(route))).toEqual([]);
    expect([...showsNobody].filter((route) => lookAt(route) !== null || !read.includes(route))).toEqual([]);
  });

  it.each(table.map(([marks, route, sample = {}]) => ({ marks, route, sample })))(
    '$marks  $route',
    async ({ marks, route, sample }) => {
      const seen: string[] = [];
      for (const visitor of visitors) {
        // Signing in or out changes whose browser it is.
        const browser = route.includes('/sign-') ? heng.browser() : await browserOf(visitor);
        const response = await call(browser, route, sample);
        expect([route, visitor, response.status]).not.toEqual([route, visitor, 500]);
        const look = lookAt(route);
        if (look !== null && response.status === 200 && (look === 'customers' || visitor !== 'agent')) {
          const { rows } = await heng.stores.postgres.query<{ action: string; actor_name: string; subject: string }>(
            'SELECT action, actor_name, subject FROM audit_log ORDER BY id DESC LIMIT 1',
          );
          const [, path = ''] = /^GET \/api\/([\w-]+)/.exec(route) ?? [];
          expect(rows).toEqual([
            { action: 'record.read', actor_name: visitor, subject: expect.stringContaining(path) },
          ]);
        }
        seen.push((await isOpenDoor(response)) ? '✓' : '·');
      }
      expect(`${seen[0]}  ${seen.slice(1).join(' ')}`).toBe(marks);
    },
  );

  it('a key for sending data opens nothing else', async () => {
    const administrator = await browserOf('administrator');
    const created = await administrator('POST', '/api/keys', { name: '系统', scopes: ['ingest.write'] });
    const { secret } = (await created.json()) as CreatedKey;
    for (const [marks, route, sample] of table) {
      if (marks.startsWith('✓')) continue;
      const headers = { ...sample?.headers, authorization: `Bearer ${secret}` };
      const response = await call(heng.browser(), route, { ...sample, headers });
      const open = response.status !== 401 && response.status !== 403;
      expect([route, open]).toEqual([route, ingestKeyMay.has(route)]);
    }
  });
});
