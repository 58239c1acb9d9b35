import { expect, test } from 'vitest';
import { score } from '../../scores/score.ts';
import { exampleFour, resolved, shippedPlan } from '../../scores/testing.ts';
import { changesSheet } from './changesSheet.ts';
import type { ExportCard } from './ground.ts';

test('a red line has the organisation’s day: 2 o’clock of 1 October in Shanghai is October’s first, though it is September’s last elsewhere', async () => {
  const plan = resolved(shippedPlan('jd-service-desk'));
  const vetoes = [{ incident: 'abuse', incidentId: 'i1', at: '2026-09-30T18:00:00.000Z' }];
  const card = score(plan, { ...exampleFour, vetoes });
  const person = { agentId: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: null };
  const row = { card: { card, person }, by: { plan } } as unknown as ExportCard;
  const days = async (timeZone: string) => {
    const ground = {
      language: 'en',
      timeZone,
      plans: [],
      metrics: [],
      cards: async function* () {
        yield row;
      },
    } as const;
    const { columns, rows } = changesSheet(ground);
    const at = (key: string) => columns.findIndex((column) => column.key === key);
    const found: unknown[] = [];
    for await (const cells of rows())
      if (cells[at('incidentId')]) found.push([cells[at('incidentId')], cells[at('day')]]);
    return found;
  };
  expect(await days('Asia/Shanghai')).toEqual([[{ text: 'i1' }, { text: '2026-10-01' }]]);
  expect(await days('UTC')).toEqual([[{ text: 'i1' }, { text: '2026-09-30' }]]);
});
