import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePeriod } from '../src/metrics/period.ts';
import { seededDraws } from '../src/metrics/seededDraws.ts';
import { startTestStores, type TestStores } from '../src/platform/testing.ts';
import { daysBetween, gatherHistory } from '../src/scores/gatherHistory.ts';
import { gatherInputs } from '../src/scores/gatherInputs.ts';
import { measured } from '../src/scores/measured.ts';
import { peopleIn } from '../src/scores/organisation.ts';
import { project } from '../src/scores/projection.ts';
import { shippedPlans } from '../src/scores/publishTemplates.ts';
import { resolvePlan } from '../src/scores/resolvePlan.ts';
import { score } from '../src/scores/score.ts';
import type { ScoreDeps } from '../src/scores/scoreDeps.ts';
import { putDemoMonths } from './demoMonths.ts';

const timeZone = 'Asia/Shanghai';
const now = Date.parse('2026-11-05T00:00:00Z');
const months = ['2026-09', '2026-10'];
const cutOffDays = [10, 20];
const draws = 200;
let stores: TestStores;
let deps: ScoreDeps;

beforeAll(async () => {
  stores = await startTestStores();
  await putDemoMonths(stores, { seed: 5, agents: 30, months: 5, until: '2026-10-31' }, now);
  deps = measured({ stores, now: () => now, timeZone });
});
afterAll(() => stores?.close());

test.each(['appliance-aftersales', 'appliance-aftersales-technician'])(
  '%s: the 80% range of a projection held the final total of 70–90% of the made-up company’s people, months and cut-off days',
  async (id) => {
    const plan = shippedPlans().find((each) => each.id === id);
    if (!plan) throw new Error(`${id} does not ship`);
    const resolved = resolvePlan(plan, await deps.catalogue());
    const outcomes: { day: number; held: boolean; width: number; below: boolean }[] = [];
    for (const month of months) {
      const whole = parsePeriod(month, timeZone);
      const people = await peopleIn(stores.clickhouse, whole);
      const final = await gatherInputs(deps, resolved, whole, people);
      for (const day of cutOffDays) {
        // As it stood that evening: nothing later is looked at.
        const lastDay = `${month}-${day}`;
        const part = parsePeriod(`${whole.firstDay}..${lastDay}`, timeZone);
        const inputs = await gatherInputs(deps, resolved, part, people);
        const past = await gatherHistory(deps, resolved, inputs, { period: part, lastDay });
        const ahead = daysBetween(Temporal.PlainDate.from(lastDay).add({ days: 1 }), whole.lastDay);
        for (const { agentId } of people) {
          const [input, end] = [inputs.get(agentId), final.get(agentId)];
          const total = end && score(resolved, end).total;
          if (!input || total == null) continue;
          const found = project({
            ...{ plan: resolved, input, history: past.histories.get(agentId) ?? [], ahead, ...past },
            ...{ relaxOn: () => null, isExempt: () => false, draw: seededDraws(`${agentId} ${lastDay}`), times: draws },
          });
          if (!found) continue;
          const held = Number(total) >= found.low - 0.005 && Number(total) <= found.high + 0.005;
          outcomes.push({ day, held, width: found.high - found.low, below: Number(total) < found.low });
        }
      }
    }
    const share = (of: typeof outcomes) => of.filter(({ held }) => held).length / of.length;
    for (const day of cutOffDays) {
      const own = outcomes.filter((outcome) => outcome.day === day);
      const width = own.reduce((sum, each) => sum + each.width, 0) / own.length;
      console.info(
        `${id}, day ${day}: ${(share(own) * 100).toFixed(1)}% of ${own.length} held, ${own.filter(({ below }) => below).length} below, mean width ${width.toFixed(2)} points`,
      );
    }
    console.info(`${id}, all: ${(share(outcomes) * 100).toFixed(1)}% of ${outcomes.length}`);
    expect(outcomes.length).toBeGreaterThan(80);
    expect(share(outcomes)).toBeGreaterThanOrEqual(0.7);
    expect(share(outcomes)).toBeLessThanOrEqual(0.9);
  },
);
