import { describe, expect, it } from 'vitest';
import type { Appeal, Compared } from '../src/appraisal/appeals/schemas.ts';
import type { RawRows } from '../src/facts/testing.ts';
import { transaction } from '../src/platform/transaction.ts';
import type { Inspection } from '../src/quality/inspections/schemas.ts';
import { itemsOf } from '../src/quality/rubrics/points.ts';
import { publishRubrics } from '../src/quality/rubrics/publishTemplates.ts';
import { putAssignment } from '../src/scores/assignmentStore.ts';
import { readCardVersions } from '../src/scores/frozenCardStore.ts';
import { insertVersion, lockPlan } from '../src/scores/planStore.ts';
import { shippedPlan } from '../src/scores/testing.ts';
import type { Browser, TestApp } from './testApp.ts';

const answer = async <Body>(response: Response): Promise<Body> => {
  const text = await response.text();
  if (response.status >= 300) throw new Error(`${response.status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Body;
};

/**
 * zhou of 一组 is judged by inspections alone: one of two conversations without a fault, the other with every item at its worst. Answers
 * the id of the second inspection. Call it before the period is closed.
 */
export async function inspectZhou({ stores, deps, signedIn, clock }: TestApp, raw: RawRows): Promise<number> {
  await raw.put('agents', [{ agent_id: 'zhou', name: '周四', team: '一组', shop: '旗舰店', tier: 'mid' }]);
  const talks = ['zhou1', 'zhou2'];
  await raw.put(
    'sessions',
    talks.map((id, i) => ({
      ...{ session_id: id, customer_id: id, assigned_agent_id: 'zhou', shop: '旗舰店', channel: 'web' },
      ...{ started_at: `2026-10-12T1${i}:00:00+08:00`, ended_at: `2026-10-12T1${i}:20:00+08:00` },
    })),
  );
  await raw.put(
    'messages',
    talks.flatMap((session_id, i) => [
      { session_id, at: `2026-10-12T1${i}:00:00+08:00`, sender: 'customer', kind: 'text', text: '机器不转' },
      {
        session_id,
        at: `2026-10-12T1${i}:00:30+08:00`,
        sender: 'agent',
        sender_id: 'zhou',
        kind: 'text',
        text: '马上登记',
      },
    ]),
  );
  await raw.derive();
  const { blocks, assessments: _, promotion: __, outcomes: ___, ...shipped } = shippedPlan('appliance-aftersales');
  const items = blocks.flatMap((block) => block.items.filter(({ metric }) => metric === 'qa_score'));
  const plan = {
    ...{ ...shipped, id: 'inspected', outcomes: [] },
    blocks: blocks
      .slice(-1)
      .map((block) => ({ ...block, weight: '100', items: items.map((item) => ({ ...item, weight: '100' })) })),
  };
  await transaction(stores.postgres, async (connection) => {
    await lockPlan(connection, plan.id);
    const at = new Date(clock.nowMs);
    await insertVersion(connection, {
      plan,
      origin: 'own',
      inForceFrom: null,
      written: JSON.stringify(plan),
      draft: null,
      by: 'HR',
      at,
    });
  });
  await putAssignment(stores.postgres, {
    ...{ team: '', tier: '', agentId: 'zhou', fromMonth: '2026-01', planId: plan.id },
    ...{ assignedAt: new Date(clock.nowMs), assignedBy: 'HR' },
  });
  await publishRubrics(deps);
  const inspector = await signedIn({ role: 'inspector' });
  let last = 0;
  for (const [i, sessionId] of talks.entries()) {
    const { id } = await answer<{ id: number }>(
      await inspector('POST', '/api/inspections', { sessionId, rubric: 'aftersales-16' }),
    );
    const { rubric } = await answer<Inspection>(await inspector('GET', `/api/inspections/${id}`));
    const marks = Object.fromEntries(
      itemsOf(rubric).map(({ id: item, levels }) => [
        item,
        { level: levels.at(i === 0 ? 0 : -1)?.id ?? '', comment: '看过全程' },
      ]),
    );
    const form = { marks, comment: '看过全程', seconds: 60, revision: 0 };
    const { revision } = await answer<{ revision: number }>(
      await inspector('PUT', `/api/inspections/${id}/form`, form),
    );
    await answer(await inspector('POST', `/api/inspections/${id}/submit`, { revision }));
    last = id;
  }
  return last;
}

interface Parties {
  readonly heng: TestApp;
  readonly supervisor: Browser;
  readonly hr: Browser;
  readonly inspection: number;
}

export function inspectionAppealCases(parties: () => Parties): void {
  describe('an appeal against an inspection', () => {
    it('upheld takes it out of its figure: score, total and grade are computed again, before beside after, and it counts no more', async () => {
      const { heng, supervisor, hr, inspection } = parties();
      const zhou = await heng.signedIn({ role: 'agent', agentId: 'zhou' });
      const subject = String(inspection);
      const { id } = await answer<{ id: number }>(
        await zhou('POST', '/api/appeals', { period: '2026-10', kind: 'inspection', subject, reason: '看错了会话' }),
      );
      const asked = await answer<Appeal>(await supervisor('GET', `/api/appeals/${id}`));
      expect(asked.proposed[0]).toMatchObject({ kind: 'record', record: { kind: 'assessment' } });
      const upheld = { decision: 'upheld', reason: '质检看的不是这段会话', corrections: asked.proposed };
      await answer(await supervisor('POST', `/api/appeals/${id}/decide`, upheld));
      const compared = await answer<Compared>(
        await hr('POST', `/api/appeals/${id}/preview`, { corrections: asked.proposed }),
      );
      const [item] = compared.items;
      expect(item).toMatchObject({ before: { n: 2 }, after: { value: '100', points: '100', n: 1 } });
      expect(Number(item?.before.value)).toBeLessThan(100);
      await answer(await hr('POST', `/api/appeals/${id}/decide`, upheld));
      const versions = await readCardVersions(heng.stores.postgres, '2026-10', 'zhou');
      const grades = versions.map(({ card, grade, cause }) => [card.total, grade, cause]);
      expect(grades).toEqual([
        [compared.before.total, expect.not.stringMatching('senior'), 'closing'],
        ['100.00', 'senior', 'appeal'],
      ]);
      const shown = await answer<Appeal>(await zhou('GET', `/api/appeals/${id}`));
      expect([shown.outcome, shown.result?.before.total, shown.result?.after.total]).toEqual([
        ...['upheld', compared.before.total, '100.00'],
      ]);
      // Today's facts say so as well: what was overturned went out through the import.
      const live = await heng.stores.clickhouse.all.query<{ withdrawn: string }>(
        `SELECT attributes['withdrawn'] AS withdrawn FROM assessments WHERE by = 'inspection:${inspection}' ORDER BY import_id DESC, line DESC LIMIT 1`,
      );
      expect(live).toMatchObject([{ withdrawn: 'true' }]);
    });
  });
}
