import { canonicalJson } from '../ledger/canonicalJson.ts';
import { parsePeriod } from '../metrics/period.ts';
import { Conflict } from '../platform/errors.ts';
import type { Deps } from '../platform/http.ts';
import type { Queryable } from '../platform/transaction.ts';
import { type BlendPart, blend } from '../scores/blend.ts';
import { type FrozenCard, issuedResults, type PartResult, readFrozenCards } from '../scores/frozenCardStore.ts';
import { monthsOf, partsOf } from '../scores/periodSpan.ts';
import type { Veto } from '../scores/scorecard.ts';
import { teamIn } from '../scores/teamCoefficient.ts';
import { vetoesOf, vetoesReach } from '../scores/vetoReach.ts';
import { readCycle } from './cycleStore.ts';
import { frozenPlan } from './frozenPlanStore.ts';
import { closedPool } from './frozenPoolStore.ts';
import { type GradeText, gradeText } from './gradeScale.ts';
import type { regrade } from './regrade.ts';

type Made = Pick<FrozenCard, 'madeAt' | 'madeBy' | 'cause' | 'reason'>;

/** The next version of a quarter's or a year's card, and what it was before. */
export interface LongerCard {
  readonly next: FrozenCard;
  readonly totalBefore: string | null;
  /** The grades that count, in the words of its own plan. */
  readonly grades: { readonly before: GradeText | null; readonly after: GradeText | null };
}

/**
 * The next versions of the closed quarter and year that were made from a card's period; none of one whose mean and red lines stay. `grade` says what a
 * card that changed comes to. Nothing is stored. Throws Conflict `cycle.longerFinal` where one would change that is final.
 */
export async function longerCards(
  deps: Pick<Deps, 'timeZone'>,
  postgres: Queryable,
  changed: FrozenCard,
  { made, grade }: { readonly made: Made; readonly grade: typeof regrade },
): Promise<LongerCard[]> {
  const found: LongerCard[] = [];
  for (const text of longerPeriods(changed.period)) {
    const [before] = await readFrozenCards(postgres, text, [changed.agentId]);
    const cycle = await readCycle(postgres, text);
    if (!before || cycle === null) continue;
    const period = parsePeriod(text, deps.timeZone);
    const plan = await frozenPlan(postgres, text, before.plan);
    const resultIn = async (part: string): Promise<PartResult | undefined> =>
      [changed, ...found.map(({ next }) => next)].find((each) => each.period === part)?.card ??
      (await issuedResults(postgres, part, [changed.agentId]))?.get(changed.agentId);
    const parts: BlendPart[] = [];
    for (const { text: part } of partsOf(period, deps.timeZone))
      parts.push({ period: part, total: (await resultIn(part))?.total ?? null });
    const vetoes: Veto[] = [];
    for (const { text: month } of vetoesReach(plan, period.kind) ? monthsOf(period, deps.timeZone) : [])
      vetoes.push(...vetoesOf(await resultIn(month), month));
    // What the team came to stays as the closing found it: nobody's coefficient moves by somebody else's correction.
    const card = blend(plan, parts, { team: teamIn(before.card), vetoes });
    if (card.total === before.card.total && canonicalJson(card.vetoes) === canonicalJson(before.card.vetoes)) continue;
    if (cycle.state === 'final') throw new Conflict('cycle.longerFinal', { period: text, part: changed.period });
    const pool = plan.plan.distribution ? await closedPool(postgres, text, plan) : [];
    const graded = grade(plan, before, card, pool);
    found.push({
      next: { ...before, ...made, ...graded, version: before.version + 1, card },
      totalBefore: before.card.total,
      grades: { before: gradeText(plan, before.grade), after: gradeText(plan, graded.grade) },
    });
  }
  return found;
}

/**
 * Keeps the quarter and the year of a period from being closed or changed until the transaction ends: what is closed meanwhile would be
 * the mean of what was before. Hold the period itself first.
 */
export async function holdLonger(connection: Queryable, period: string): Promise<void> {
  await connection.query('SELECT 1 FROM cycles WHERE period = ANY($1) ORDER BY period FOR UPDATE', [
    longerPeriods(period),
  ]);
}

/** The quarter and the year that a month is part of, the year alone for a quarter. */
function longerPeriods(period: string): string[] {
  const year = period.slice(0, 4);
  const month = Number(/^\d{4}-(\d{2})$/.exec(period)?.[1]);
  if (month >= 1) return [`${year}-Q${Math.ceil(month / 3)}`, year];
  return period.includes('-Q') ? [year] : [];
}
