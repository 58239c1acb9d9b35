import { Temporal } from 'temporal-polyfill';
import { type Answers, placesOf } from './appraisal/assessments/answers.ts';
import { dueOn, workingPeriods } from './appraisal/assessments/formPeriods.ts';
import { ratersToday } from './appraisal/rounds/raterStore.ts';
import {
  insertFeedbackRound,
  insertRatings,
  insertSubjects,
  markRating,
  moveRound,
  ratingsOf,
  writeRating,
} from './appraisal/rounds/roundStore.ts';
import { type Colleague, suggestRaters } from './appraisal/rounds/suggestRaters.ts';
import { publishFeedback } from './appraisal/rounds/verbs/moveRounds.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { Period } from './metrics/period.ts';
import { type Draw, seededDraws } from './metrics/seededDraws.ts';
import { activeActors } from './people/actors.ts';
import type { Deps } from './platform/http.ts';
import { transaction } from './platform/transaction.ts';
import { readVersions } from './scores/planStore.ts';

/** The shipped plan that has a form for colleagues. */
const planId = 'jd-service-desk';
const comments = [
  '遇到难缠的客户，总能先稳住场面。',
  '交接写得清楚，接手的人不用再问。',
  '忙的时候回消息有点慢。',
  '上个月主动整理了退换货的话术，省了大家不少时间。',
  '开会时可以多说说自己的想法。',
  '',
];

/**
 * Gives the team of the made-up company's agent account a 360 round that is published and one that is open, so that there is something to rate and to
 * read. Colleagues without an account could not rate: their answers are written for them. Does nothing where there is a round.
 */
export async function rateDemo(deps: Deps, ingest: Ingest): Promise<void> {
  const { postgres } = deps.stores;
  if ((await postgres.query('SELECT 1 FROM feedback_rounds LIMIT 1')).rows.length > 0) return;
  const version = (await readVersions(postgres, planId)).at(-1);
  const form = version?.plan.assessments?.find(({ assessor }) => assessor === 'colleagues');
  const actors = await activeActors(postgres);
  const hr = actors.find(({ role }) => role === 'hr');
  const agent = actors.find(({ role }) => role === 'agent');
  const { colleagues } = await ratersToday(deps);
  const team = colleagues.find(({ agentId }) => agentId === agent?.agentId)?.team;
  const quarters = workingPeriods(deps.now(), deps.timeZone).filter(({ every }) => every === 'quarter');
  const [running, over] = quarters.map(({ period }) => period);
  if (!version || !form || !hr || !agent || !running || !over) return;
  // Whoever leads a team rates nobody in it; so a few people of another team are theirs to rate.
  const beyond = colleagues.filter((each) => each.team !== team && each.team !== '').slice(0, 3);
  const subjects = [...colleagues.filter((each) => each.team === team), ...beyond];

  async function make(period: Period, due: string, draw: Draw, fills: (rater: string) => boolean): Promise<number> {
    const at = new Date(deps.now());
    return transaction(postgres, async (connection) => {
      if (!version || !form) throw new Error('the plan has gone');
      const id = await insertFeedbackRound(connection, {
        ...{ name: '季度互评', period: period.text, planId, planVersion: version.version, form },
        ...{ seed: `demo ${period.text}`, dueOn: due, at, by: hr?.name ?? '' },
      });
      await insertSubjects(connection, id, subjects);
      const howMany = { peer: 5, report: 6, other: 3 };
      const nameOf = new Map(colleagues.map((each: Colleague) => [each.agentId, each.name]));
      const suggested = suggestRaters(subjects, colleagues, howMany, draw);
      const own = beyond.flatMap(({ agentId: subject }) =>
        agent?.agentId && !suggested.some((each) => each.subject === subject && each.rater === agent.agentId)
          ? [{ subject, rater: agent.agentId, perspective: 'other' as const }]
          : [],
      );
      const ratings = [...suggested, ...own].map((each) => ({
        ...each,
        raterName: nameOf.get(each.rater) ?? each.rater,
      }));
      await insertRatings(connection, id, ratings);
      await moveRound(connection, id, 'open', { at, by: hr?.name ?? '' });
      for (const rating of await ratingsOf(connection, id)) {
        if (!fills(rating.rater)) continue;
        const answers: Answers = Object.fromEntries(
          placesOf(form, []).map(({ key }) => [key, String(1 + Math.floor(draw() * 2.6))]),
        );
        const comment = comments[Math.floor(draw() * comments.length)] ?? '';
        await writeRating(connection, rating.id, { answers, comment });
        await markRating(connection, rating.id, at);
      }
      return id;
    });
  }

  const draw = seededDraws('rounds of the demo');
  const published = await make(over, dueOn(over, form.dueDays), draw, () => true);
  await moveRound(postgres, published, 'closed', { at: new Date(deps.now()), by: hr.name });
  await publishFeedback(deps, ingest, hr, published);
  const soon = Temporal.Instant.fromEpochMilliseconds(deps.now()).toZonedDateTimeISO(deps.timeZone).toPlainDate();
  await make(running, soon.add({ days: 7 }).toString(), draw, (rater) => rater !== agent.agentId && draw() < 0.5);
}
