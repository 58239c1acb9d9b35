import { type Agent, isEmployed, placeOf, type Shift, type Shop, shiftOf } from './company.ts';
import type { Emit } from './demoRow.ts';
import { hour, instant, minute, second } from './demoTime.ts';
import type { Random } from './random.ts';

export interface OnDuty {
  readonly agent: Agent;
  readonly index: number;
  readonly shop: Shop;
  readonly shift: Shift;
  readonly busySince: number[];
}

/** Who comes to work on a day: writes the attendance and the states of those who do. */
export function onDuty(random: Random, agents: readonly Agent[], date: string, dayMs: number, emit: Emit): OnDuty[] {
  const present: OnDuty[] = [];
  for (const [index, agent] of agents.entries()) {
    const planned = isEmployed(agent, date) ? shiftOf(agent, index, dayMs) : null;
    if (!planned) continue;
    const absent = random.chance(agent.skill < -1.4 ? 0.07 : 0.02);
    const late = random.chance(0.08) ? random.int(2, 40) * minute : -random.int(0, 12) * minute;
    const early = random.chance(0.015) ? random.int(10, 90) * minute : -random.int(0, 6) * minute;
    const shift = { startMs: planned.startMs + late + random.int(0, 59) * second, endMs: planned.endMs - early };
    emit('attendance', {
      agent_id: agent.id,
      scheduled_start: instant(planned.startMs),
      scheduled_end: instant(planned.endMs),
      actual_start: absent ? undefined : instant(shift.startMs),
      actual_end: absent ? undefined : instant(shift.endMs),
    });
    if (absent) continue;
    writeStates(random, agent, shift, emit);
    present.push({ agent, index, shop: placeOf(agent, date).shop, shift, busySince: [] });
  }
  return present;
}

function writeStates(random: Random, agent: Agent, shift: Shift, emit: Emit): void {
  const put = (atMs: number, type: 'online' | 'offline' | 'busy', value?: string) =>
    emit('events', {
      event_id: `E${agent.id}${atMs}`,
      subject_kind: 'agent',
      subject_id: agent.id,
      at: instant(atMs),
      type,
      agent_id: agent.id,
      value,
    });
  const lunchMs = shift.startMs + Math.round(random.between(3.2, 4.2) * hour);
  put(shift.startMs, 'online');
  put(lunchMs, 'busy', '用餐');
  const backMs = lunchMs + random.int(25, 50) * minute;
  put(backMs, 'online');
  put(shift.endMs, 'offline');
  // Two long stretches before the meal and two after it with customers in hand.
  const stretches = random.fork(`handling/${agent.id}/${shift.startMs}`);
  for (const fromMs of [
    shift.startMs + 10 * minute,
    shift.startMs + 95 * minute,
    backMs + 10 * minute,
    backMs + 110 * minute,
  ]) {
    const doneMs = fromMs + stretches.int(45, 80) * minute;
    if (doneMs >= shift.endMs) continue;
    put(fromMs, 'busy');
    put(doneMs, 'online');
  }
}
