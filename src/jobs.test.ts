import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthsToLookAt, signalsJob } from './insights/nightly.ts';
import { lastRun } from './insights/store.ts';
import { lastNight, runDueJobs } from './jobs.ts';
import { BadInput } from './platform/errors.ts';
import type { Deps } from './platform/http.ts';
import { lastJobRun } from './platform/jobStore.ts';
import { silentLog } from './platform/log.ts';
import { startTestStores, type TestStores } from './platform/testing.ts';

const timeZone = 'Asia/Shanghai';
const china = (text: string) => Date.parse(`${text}+08:00`);
let stores: TestStores;
beforeAll(async () => {
  stores = await startTestStores();
});
afterAll(() => stores?.close());

const deps = (nowMs: number): Deps => ({ stores, timeZone, now: () => nowMs, log: silentLog });
const counting = (name: string, work: () => Promise<void> = async () => {}) => {
  const job = { name, times: 0, run };
  async function run() {
    job.times++;
    await work();
  }
  return job;
};

describe('nightly jobs', () => {
  it('run once a night after three, also where several processes look', async () => {
    const job = counting('once');
    await Promise.all([1, 2, 3].map(() => runDueJobs(deps(china('2026-11-05T09:00')), [job])));
    await runDueJobs(deps(china('2026-11-06T02:59')), [job]);
    expect(job.times).toBe(1);
    await runDueJobs(deps(china('2026-11-06T03:00')), [job]);
    expect(job.times).toBe(2);
    expect(await lastJobRun(stores.postgres, 'once', china('2026-11-06T03:00'))).toMatchObject({
      durationMs: 0,
      failure: null,
    });
  });

  it('run on after the clock stood a month ahead for a while, once a night as before', async () => {
    const job = counting('ahead');
    await runDueJobs(deps(china('2026-12-20T09:00')), [job]);
    await runDueJobs(deps(china('2026-11-20T09:00')), [job]);
    expect(job.times).toBe(2);
    await runDueJobs(deps(china('2026-11-20T09:01')), [job]);
    expect(job.times).toBe(2);
    await runDueJobs(deps(china('2026-11-21T03:00')), [job]);
    await runDueJobs(deps(china('2026-12-20T09:01')), [job]);
    expect(job.times, 'what the wrong clock wrote down is forgotten').toBe(4);
  });

  it('try again an hour after a failure, whose code is kept', async () => {
    const job = counting('failing', () => Promise.reject(new BadInput('period.future')));
    await runDueJobs(deps(china('2026-11-05T09:00')), [job]);
    await runDueJobs(deps(china('2026-11-05T09:59')), [job]);
    expect(job.times).toBe(1);
    expect(await lastJobRun(stores.postgres, 'failing', china('2026-11-05T09:59'))).toMatchObject({
      failure: 'period.future',
    });
    await runDueJobs(deps(china('2026-11-05T10:00')), [job]);
    expect(job.times).toBe(2);
  });

  it('are due at three by the organisation’s clock', () => {
    expect(lastNight(china('2026-11-05T02:00'), timeZone)).toBe(china('2026-11-04T03:00'));
    expect(lastNight(china('2026-11-05T03:00'), timeZone)).toBe(china('2026-11-05T03:00'));
  });

  it('look for signals once in the last complete month where nobody has, so that the page opens on something', async () => {
    const { postgres } = stores;
    await signalsJob.run(deps(china('2026-11-20T03:00')));
    const first = await lastRun(postgres, '2026-10');
    expect(first?.checkedAt).toBe('2026-11-19T19:00:00.000Z');
    expect(await lastRun(postgres, '2026-09')).toBe(null);
    await signalsJob.run(deps(china('2026-11-21T03:00')));
    expect((await lastRun(postgres, '2026-10'))?.checkedAt).toBe(first?.checkedAt);
    expect((await lastRun(postgres, '2026-11'))?.checkedAt).toBe('2026-11-20T19:00:00.000Z');
  });

  it('look at yesterday’s month, and in its first week at the month before too', () => {
    expect(monthsToLookAt(china('2026-11-01T03:00'), timeZone)).toEqual(['2026-10']);
    expect(monthsToLookAt(china('2026-11-05T03:00'), timeZone)).toEqual(['2026-10', '2026-11']);
    expect(monthsToLookAt(china('2026-11-20T03:00'), timeZone)).toEqual(['2026-11']);
  });
});
