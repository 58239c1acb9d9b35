import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { todayIn } from '../facts/calendarDays.ts';
import { askInOrder, askMetrics } from '../metrics/askMetrics.ts';
import { byteOrder } from '../metrics/byteOrder.ts';
import { parsePeriod } from '../metrics/period.ts';
import { sessionById, ticketById } from '../metrics/sessionStore.ts';
import type { Deps } from '../platform/http.ts';
import { marksSchema } from '../quality/rubrics/marksSchema.ts';
import { rubricVersions } from '../quality/rubrics/rubricStore.ts';
import { fraction, toFixed } from '../scores/fraction.ts';
import { grouped } from '../scores/grouped.ts';
import { partsOf } from './partsOf.ts';
import type { ExamFact, InspectionFact, PersonFacts } from './proposeLevel.ts';
import type { Evidence } from './skillSchema.ts';

/** So many months count, the running one included: what is older says little about today. */
const months = 6;
/** The latest forms of each person; enough to judge by, and few enough for a large company. */
const formsMost = 20;
/** So many people's exams are asked for by name; of more, everybody's are read in one pass. */
const namesMost = 1000;

type FactDeps = Pick<Deps, 'stores' | 'now' | 'timeZone'>;

const dayRow = z.object({ agentId: z.string(), ref: z.string(), day: z.string() });
const formRow = dayRow.extend({ rubric: z.string(), version: z.number(), marks: marksSchema });

/** What exams, inspections and best cases say of these people in the last months, by agent. */
export async function factsOf(deps: FactDeps, agents: readonly string[]): Promise<ReadonlyMap<string, PersonFacts>> {
  const { postgres } = deps.stores;
  const today = Temporal.PlainDate.from(todayIn(deps));
  const since = today.with({ day: 1 }).subtract({ months: months - 1 });
  const given = [agents, since.toString(), deps.timeZone];
  const [exams, forms, cases, rubrics] = await Promise.all([
    examsOf(deps, agents, since, today),
    postgres.query(
      `SELECT * FROM (
         SELECT t.agent_id AS "agentId", t.id::text AS ref, (t.happened_at AT TIME ZONE $3)::date::text AS day,
           t.rubric_id AS rubric, t.rubric_version AS version, f.marks,
           row_number() OVER (PARTITION BY t.agent_id, t.rubric_id ORDER BY t.happened_at DESC, t.id DESC) AS place
         FROM inspection_tasks t JOIN inspection_forms f ON f.id = t.final_form
         WHERE t.agent_id = ANY($1) AND (t.happened_at AT TIME ZONE $3)::date >= $2::date AND t.state IN ('submitted', 'reviewed')
       ) AS latest WHERE place <= ${formsMost} ORDER BY day, ref`,
      given,
    ),
    postgres.query(
      `SELECT agent_id AS "agentId", id::text AS ref, (happened_at AT TIME ZONE $3)::date::text AS day FROM best_cases
       WHERE agent_id = ANY($1) AND (happened_at AT TIME ZONE $3)::date >= $2::date ORDER BY happened_at, id`,
      given,
    ),
    rubricVersions(postgres),
  ]);
  const rubricOf = new Map(rubrics.map(({ rubric, version }) => [`${rubric.id} ${version}`, rubric]));
  const judged = grouped(
    forms.rows.map((row) => formRow.parse(row)),
    ({ agentId }) => agentId,
  );
  const praised = grouped(
    cases.rows.map((row) => dayRow.parse(row)),
    ({ agentId }) => agentId,
  );
  return new Map(
    agents.map((agentId) => [
      agentId,
      {
        exams: exams.get(agentId) ?? [],
        inspections: (judged.get(agentId) ?? []).flatMap(({ ref, day, rubric, version, marks }): InspectionFact[] => {
          const known = rubricOf.get(`${rubric} ${version}`);
          return known ? [{ ref, day, rubric, parts: partsOf(known, marks) }] : [];
        }),
        bestCases: (praised.get(agentId) ?? []).map(({ ref, day }) => ({ ref, day })),
      },
    ]),
  );
}

/** Each month's exam score, as every page shows it. */
async function examsOf(
  deps: FactDeps,
  agents: readonly string[],
  since: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Promise<ReadonlyMap<string, ExamFact[]>> {
  const found = new Map<string, ExamFact[]>(agents.map((agent) => [agent, []]));
  const inOrder = [...found.keys()].sort(byteOrder);
  for (let i = 0; i < months; i++) {
    const month = since.add({ months: i }).toPlainYearMonth();
    const period = parsePeriod(month.toString(), deps.timeZone);
    const take = await askInOrder(deps.stores, {
      ...{ period, by: ['agent'], metrics: ['exam_score'], timeZone: deps.timeZone, now: deps.now() },
      ...(inOrder.length <= namesMost ? { filter: { agent: inOrder } } : {}),
    });
    const day = period.lastDay < today.toString() ? period.lastDay : today.toString();
    for (let from = 0; from < inOrder.length; from += namesMost)
      for (const row of await take(inOrder.slice(from, from + namesMost))) {
        if (row.status === 'noData' || row.key.agent === undefined) continue;
        found.get(row.key.agent)?.push({
          ...{ ref: month.toString(), day, hundredths: Number(toFixed(fraction(row.value), 2).replace('.', '')) },
          ...{ points: fraction(row.numerator), papers: fraction(row.denominator) },
        });
      }
  }
  return found;
}

/** Whether what a piece of evidence refers to exists and is this person's; a note refers to nothing. */
export async function isOf(deps: FactDeps, agentId: string, { kind, ref }: Evidence): Promise<boolean> {
  const { postgres, clickhouse } = deps.stores;
  const number = /^[1-9]\d{0,8}$/.test(ref) ? Number(ref) : null;
  const inTable = async (table: 'inspection_tasks' | 'best_cases' | 'development_plans') => {
    if (number === null) return false;
    const { rows } = await postgres.query(`SELECT 1 FROM ${table} WHERE id = $1 AND agent_id = $2`, [number, agentId]);
    return rows.length > 0;
  };
  switch (kind) {
    case 'note':
      return ref === '';
    case 'inspection':
      return inTable('inspection_tasks');
    case 'bestCase':
      return inTable('best_cases');
    case 'training':
      return inTable('development_plans');
    case 'session': {
      const fact = await sessionById(clickhouse, ref);
      return fact !== null && [...fact.slice_agent_id, fact.owner_agent_id, fact.first_agent_id].includes(agentId);
    }
    case 'ticket': {
      const ticket = await ticketById(clickhouse, ref);
      return ticket !== null && [ticket.owner_agent_id, ticket.fixer_agent_id].includes(agentId);
    }
    case 'exam': {
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(ref)) return false;
      const [row] = await askMetrics(deps.stores, {
        ...{ period: parsePeriod(ref, deps.timeZone), by: ['agent'], metrics: ['exam_score'] },
        ...{ filter: { agent: [agentId] }, timeZone: deps.timeZone, now: deps.now() },
      });
      return row !== undefined && row.status !== 'noData';
    }
  }
}
