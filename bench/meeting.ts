import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveGrade } from '../src/appraisal/meeting/verbs/moveGrade.ts';
import { readMeeting } from '../src/appraisal/meeting/verbs/readMeeting.ts';
import { closeCycle } from '../src/appraisal/verbs/closeCycle.ts';
import { openCycle } from '../src/appraisal/verbs/moveCycle.ts';
import { cycleParts } from '../src/cycleParts.ts';
import { ownerOfTheMachine as hr } from '../src/people/actor.ts';
import { openStores } from '../src/platform/stores.ts';
import { measured } from '../src/scores/measured.ts';
import { elapsed, percentile } from './benchCompany.ts';
import { because, deskDeps, prepareDesk } from './close.ts';

/** Of the desk every other one is under the plan that the meeting is about. */
const people = 2000;
const desk = 2 * people;
const moves = 100;

/** A calibration meeting over two thousand people: reading it, and moving one person after the other to the next grade. */
export async function run() {
  const dataDir = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const stores = await openStores({ dataDir });
  try {
    await prepareDesk(stores, desk);
    const deps = deskDeps(stores);
    const cycle = { ...measured(deps), ...deps, ...cycleParts(deps) };
    await openCycle(cycle, hr, because);
    await (await closeCycle(cycle, hr, because)).done;
    const asked = { period: because.period, plan: 'jd-service-desk' };
    const meeting = await readMeeting(deps, hr, asked);
    if (meeting.people.length !== people) throw new Error(`${meeting.people.length} people instead of ${people}`);
    const readMs: number[] = [];
    for (let round = 0; round < 5; round++) readMs.push(await elapsed(() => readMeeting(deps, hr, asked)));
    const movedMs: number[] = [];
    for (const { agentId, grade, scale } of meeting.people.slice(0, moves)) {
      const to = meeting.scales[scale].find(({ id, byRedLine }) => id !== grade && !byRedLine)?.id;
      if (to === undefined) throw new Error(`no other grade for ${agentId}`);
      movedMs.push(
        await elapsed(() => moveGrade(deps, hr, { period: asked.period, agentId, grade: to, reason: 'measured' })),
      );
    }
    return {
      name: `a calibration meeting of ${people} people`,
      figures: [
        { what: 'a move, p50', value: percentile(movedMs, 0.5), unit: 'ms', reach: '< 100' },
        { what: 'a move, p99', value: percentile(movedMs, 0.99), unit: 'ms', reach: '< 100' },
        { what: 'the whole meeting, read', value: percentile(readMs, 0.5), unit: 'ms', reach: '' },
      ],
    };
  } finally {
    await stores.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
