import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../src/commands.ts';
import { dispatch } from '../src/dispatch.ts';
import { type Browser, openTestApp, type TestApp } from './testApp.ts';
import { twoTeams } from './twoTeams.ts';

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.object({ zh: z.string(), en: z.string() }) }),
});

describe('a period in the future', () => {
  let heng: TestApp;
  let hr: Browser;
  beforeAll(async () => {
    heng = await openTestApp();
    heng.clock.nowMs = Date.parse('2026-11-05T00:00:00Z');
    await twoTeams(heng);
    hr = await heng.signedIn({ role: 'administrator' });
  });
  afterAll(() => heng?.close());

  const plan = 'plan=appliance-aftersales&period=2026-12';
  it.each([
    '/api/metrics?period=2026-12&by=agent',
    '/api/metrics/intervals?period=2026-12&by=agent&metric=reply_rate',
    '/api/evidence?period=2026-12&metric=reply_rate',
    `/api/scorecards?${plan}`,
    `/api/scorecards.csv?${plan}`,
    `/api/scorecards/zhao?${plan}`,
    `/api/overview?${plan}`,
    '/api/signals?period=2026-12',
  ])('is refused by %s, in both languages', async (path) => {
    const answer = await hr('GET', path);
    const { error } = errorSchema.parse(await answer.json());
    expect([answer.status, error.code]).toEqual([400, 'period.future']);
    expect(error.message.zh).toContain('2026-12');
    expect(error.message.en).toContain('2026-12');
  });

  it('is refused by heng metrics, heng score and heng signals, with exit 1 or 2 and nothing on standard output', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heng-future-'));
    try {
      for (const line of ['metrics', 'score --plan appliance-aftersales', 'signals']) {
        const [out, err]: [string[], string[]] = [[], []];
        const terminal = {
          ...{ env: { LANG: 'zh_CN.UTF-8', HOME: folder } },
          ...{ out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) },
        };
        const all = `${line} --period 2099-01 --data ${folder}`.split(' ');
        const exit = await dispatch(all, terminal, commands);
        expect([line, exit === 1 || exit === 2, out]).toEqual([line, true, []]);
        expect(err.join('')).toContain('2099-01');
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
