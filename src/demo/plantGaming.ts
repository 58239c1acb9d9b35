import type { Agent } from './company.ts';
import type { DemoRow, Row } from './demoRow.ts';
import { dayHabits, type PlantedDay } from './plantedDays.ts';
import { type Planting, talkHabits, ticketHabits } from './plantedHabits.ts';
import { type Cells, firstReplyOf, isHuman, msOf, putTogether, takeApart } from './plantedTalk.ts';
import type { Random } from './random.ts';

type Habit = keyof typeof talkHabits | keyof typeof ticketHabits | keyof typeof dayHabits;
const habits = [talkHabits, ticketHabits, dayHabits].flatMap((kind) => Object.keys(kind)) as Habit[];

export interface Gaming {
  /** Who games how: the truth that a test compares the signals with. */
  readonly truth: readonly { readonly agent_id: string; readonly habit: Habit }[];
  /** A day's rows, with what these people do to them. */
  day(rows: readonly DemoRow[]): Generator<DemoRow>;
  /** The rows of before the first day (assessments), likewise. */
  opening(rows: readonly DemoRow[]): DemoRow[];
}

/** What those do who game in every demo company (conversation.ts, ticketLife.ts), in the words of the truth. */
const byNature: Readonly<Record<Agent['habit'], readonly Habit[]>> = {
  none: [],
  cannedFirstReply: ['canned_first_reply'],
  prematureClose: ['premature_close'],
  selectiveInvitation: ['selective_invitations', 'begged_ratings'],
};

/** Of those who share a habit one is bold and one careful. */
const zeals = [1, 0.5] as const;

/**
 * Gives some of the company a habit each. Works on finished rows, and on those of these people alone, so that everybody else's
 * days are the same with and without it. Leads, newcomers and those who game by nature keep their own ways.
 */
export function plantGaming(random: Random, agents: readonly Agent[], horizonMs: number): Gaming {
  const candidates = random.shuffled(
    agents.filter((agent) => agent.managerId !== '' && agent.leftOn === '' && agent.habit === 'none' && !agent.moves),
  );
  const habitOf = new Map<string, Habit>();
  const zealOf = new Map<string, number>();
  for (const zeal of zeals) {
    for (const habit of habits) {
      const agent = candidates[habitOf.size];
      // At most half of the company: the others are whom they are compared with.
      if (!agent || (habitOf.size + 1) * 2 > agents.length) break;
      habitOf.set(agent.id, habit);
      zealOf.set(agent.id, zeal);
    }
  }
  const streams = new Map([...habitOf.keys()].map((id) => [id, random.fork(id)]));
  let made = 0;

  function* day(rows: readonly DemoRow[]): Generator<DemoRow> {
    const { talks, loose, others } = takeApart(rows, new Set(habitOf.keys()));
    const added: DemoRow[] = [];
    const plantingOf = (agentId: string): Planting => ({
      agentId,
      random: streams.get(agentId) as Random,
      horizonMs,
      zeal: zealOf.get(agentId) ?? 1,
      colleagues: colleaguesOf(rows, agentId),
      add: (kind, row) => added.push({ kind, row }),
      nextId: () => `P${String(++made).padStart(7, '0')}`,
    });
    for (const talk of talks) {
      const agentId = String(talk.session.assigned_agent_id);
      const { test, offline, initiated_by } = talk.session;
      const habit = habitOf.get(agentId);
      if (
        !habit ||
        !(habit in talkHabits) ||
        test === true ||
        offline === true ||
        initiated_by === 'agent' ||
        firstReplyOf(talk) < 0
      )
        continue;
      talkHabits[habit as keyof typeof talkHabits](talk, plantingOf(agentId));
    }
    for (const ticket of [...loose, ...talks.flatMap((talk) => talk.tickets)]) {
      const agentId = String(ticket.row.agent_id);
      const habit = habitOf.get(agentId);
      if (habit && habit in ticketHabits) ticketHabits[habit as keyof typeof ticketHabits](ticket, plantingOf(agentId));
    }
    for (const [agentId, habit] of habitOf) {
      if (!(habit in dayHabits)) continue;
      const theirs = dayOf([...others, ...putTogether(talks, loose)], agentId);
      if (theirs) dayHabits[habit as keyof typeof dayHabits](theirs, plantingOf(agentId));
      const attendance = theirs?.attendance;
      for (const [k, each] of others.entries()) {
        if (attendance && each.kind === 'attendance' && each.row.agent_id === agentId)
          others[k] = { kind: 'attendance', row: attendance };
      }
    }
    yield* others;
    yield* putTogether(talks, loose);
    yield* added;
  }

  return {
    truth: [
      ...agents.flatMap((agent) => byNature[agent.habit].map((habit) => ({ agent_id: agent.id, habit }))),
      ...[...habitOf].map(([agent_id, habit]) => ({ agent_id, habit })),
    ],
    day,
    opening: (rows) =>
      rows.map((each) =>
        each.kind === 'assessments' &&
        habitOf.get(String(each.row.agent_id)) === 'minimal_service' &&
        each.row.item === 'professionalism'
          ? { kind: each.kind, row: { ...each.row, value: Math.max(0, Number(each.row.value) - 20) } }
          : each,
      ),
  };
}

/** Who else speaks to customers of the same shop today. */
function colleaguesOf(rows: readonly DemoRow[], agentId: string): string[] {
  const sessions = rows.filter(({ kind }) => kind === 'sessions').map(({ row }) => row);
  const shop = sessions.find((row) => row.assigned_agent_id === agentId)?.shop;
  const others = sessions.filter(
    (row) => row.shop === shop && row.assigned_agent_id !== undefined && row.assigned_agent_id !== agentId,
  );
  return [...new Set(others.map((row) => String(row.assigned_agent_id)))];
}

function dayOf(rows: readonly DemoRow[], agentId: string): PlantedDay | null {
  const found = rows.find(({ kind, row }) => kind === 'attendance' && row.agent_id === agentId);
  if (!found) return null;
  const sessions = new Map<unknown, Row>();
  for (const { kind, row } of rows) if (kind === 'sessions') sessions.set(row.session_id, row);
  const spoke = rows.flatMap(({ kind, row }) =>
    kind === 'messages' && row.sender_id === agentId && isHuman(row)
      ? [{ atMs: msOf(row.at), customer: String(sessions.get(row.session_id)?.customer_id) }]
      : [],
  );
  const states: Cells[] = rows.flatMap(({ kind, row }) =>
    kind === 'events' && row.subject_kind === 'agent' && row.subject_id === agentId ? [{ ...row }] : [],
  );
  const shop = rows.find(({ kind, row }) => kind === 'sessions' && row.assigned_agent_id === agentId)?.row.shop;
  return { attendance: { ...found.row }, states, spoke, shop: String(shop ?? '') };
}
