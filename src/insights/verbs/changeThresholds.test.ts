import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerOfTheMachine } from '../../people/actor.ts';
import type { Deps } from '../../platform/http.ts';
import { silentLog } from '../../platform/log.ts';
import { startTestStores, type TestStores } from '../../platform/testing.ts';
import { changeThresholds } from './changeThresholds.ts';
import { readSignals } from './readSignals.ts';
import { runSignals } from './runSignals.ts';

let stores: TestStores;
let deps: Deps;
beforeAll(async () => {
  stores = await startTestStores();
  deps = { stores, now: () => Date.parse('2026-11-05T00:00:00Z'), timeZone: 'Asia/Shanghai', log: silentLog };
});
afterAll(() => stores?.close());

const period = '2026-10';
const set = (values: Record<string, Record<string, number | null>>) =>
  changeThresholds(deps, ownerOfTheMachine, { values });
async function lineOf(signal: string, id: string) {
  const page = await readSignals(deps, ownerOfTheMachine, { period });
  const found = page.signals.find((each) => each.id === signal);
  return { rule: found?.rule.zh, value: found?.thresholds.find((each) => each.id === id)?.value };
}

describe('changing thresholds', () => {
  it('names every fault with its place, and then saves nothing', async () => {
    const refused = set({
      canned_first_reply: { share: 101, gapSeconds: 90, nonsense: 1 },
      premature_close: { z: 0 },
      nobody: { z: 2 },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'signals.invalid',
      issues: [
        { path: 'canned_first_reply.share', code: 'threshold.outOfRange', params: { low: -100, high: 100 } },
        { path: 'canned_first_reply.nonsense', code: 'threshold.unknown' },
        { path: 'premature_close.z', code: 'threshold.outOfRange' },
        { path: 'nobody', code: 'signal.unknown' },
      ],
    });
    expect(await lineOf('canned_first_reply', 'gapSeconds')).toMatchObject({ value: 60 });
    const { rows } = await stores.postgres.query('SELECT 1 FROM audit_log');
    expect(rows).toEqual([]);
  });

  it('is written into the audit log and holds from the next run on; null goes back to the standard', async () => {
    await runSignals(deps, ownerOfTheMachine, { period });
    await set({ canned_first_reply: { share: 25 } });
    const before = await lineOf('canned_first_reply', 'share');
    expect(before.value).toBe(25);
    expect(before.rule).toContain('20%');
    expect(await runSignals(deps, ownerOfTheMachine, { period })).toEqual({ version: 2, same: false });
    expect((await lineOf('canned_first_reply', 'share')).rule).toContain('25%');
    await set({ canned_first_reply: { share: null } });
    expect((await lineOf('canned_first_reply', 'share')).value).toBe(20);
    const { rows } = await stores.postgres.query('SELECT action, subject FROM audit_log ORDER BY id');
    expect(rows).toEqual([
      { action: 'signals.run', subject: `${period} 1` },
      { action: 'signals.thresholds', subject: '{"canned_first_reply":{"share":25}}' },
      { action: 'signals.run', subject: `${period} 2` },
      { action: 'signals.thresholds', subject: '{"canned_first_reply":{"share":null}}' },
    ]);
  });

  it('never lets a run look at a period that has not begun', async () => {
    const early = runSignals(deps, ownerOfTheMachine, { period: '2026-12' });
    await expect(early).rejects.toMatchObject({ code: 'period.future', status: 400 });
  });

  it('is not for somebody who sees a part of the organisation only', async () => {
    const inspector = { userId: 'i', name: 'i', role: 'inspector', agentId: null } as const;
    const part = { ...inspector, scope: { kind: 'teams', teams: ['east'] } } as const;
    await expect(changeThresholds(deps, part, { values: {} })).rejects.toMatchObject({ code: 'scope.outside' });
    await expect(runSignals(deps, part, { period })).rejects.toMatchObject({ code: 'scope.outside' });
  });
});
