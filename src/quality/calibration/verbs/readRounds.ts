import type { Transcript } from '../../../metrics/schemas.ts';
import { seededDraws } from '../../../metrics/seededDraws.ts';
import { readTranscript } from '../../../metrics/verbs/readTranscript.ts';
import type { Actor } from '../../../people/actor.ts';
import { authorise, isInScope, may } from '../../../people/authorise.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Deps } from '../../../platform/http.ts';
import type { Queryable } from '../../../platform/transaction.ts';
import { hideNames } from '../../inspections/hideNames.ts';
import { rubricOf, rubricVersions } from '../../rubrics/rubricStore.ts';
import { inspectorsOf } from '../../sampling/inspectorStore.ts';
import { everything } from '../../sampling/verbs/readSamples.ts';
import { type Rated, type RatedRound, roundStats } from '../roundStats.ts';
import {
  allRounds,
  earlierForms,
  followingOf,
  notesOf,
  type Round,
  type RoundRecord,
  ratersOf,
  recordsOf,
  roundById,
  roundForms,
} from '../roundStore.ts';
import type { CalibrationRecord, RoundList, RoundPage } from '../schemas.ts';

/** A round with all that belongs to it, for those who rate in it and those who see everything. */
export async function openedRound(deps: Deps, actor: Actor, id: number, from: Queryable = deps.stores.postgres) {
  authorise(actor, 'calibration.read');
  const round = await roundById(from, id);
  const raters = await ratersOf(from, id);
  const records = await recordsOf(from, id);
  const forms = await roundForms(from, id);
  const rates = raters.some((rater) => rater.id === actor.userId);
  if (!rates && !isInScope(actor, everything)) throw new NotFound('calibration.unknown', { round: id });
  const submitted = forms.filter(({ submittedAt }) => submittedAt !== null);
  const shown = round.closedAt !== null || submitted.length === raters.length * records.length;
  return { round, raters, records, forms, submitted, rates, shown };
}

/** The rounds, newest first: all of them, or those that the reader rates in. */
export async function listRounds(deps: Deps, actor: Actor): Promise<RoundList> {
  authorise(actor, 'calibration.read');
  const { postgres } = deps.stores;
  const names = new Map((await rubricVersions(postgres)).map(({ rubric }) => [rubric.id, rubric]));
  const mayOpen = may(actor, 'calibration.write') && isInScope(actor, everything);
  const rounds = await Promise.all((await allRounds(postgres)).map((round) => roundLine(postgres, round)));
  return {
    mayOpen,
    rounds: rounds
      .filter(({ raters }) => isInScope(actor, everything) || raters.some(({ id }) => id === actor.userId))
      .map(({ rubricId, ...round }) => ({
        ...round,
        rubric: names.get(rubricId)?.name ?? { zh: rubricId, en: rubricId },
      })),
    people: mayOpen ? (await inspectorsOf(deps.stores)).map(({ id, name }) => ({ id, name })) : [],
    rubrics: [...names.values()].flatMap(({ id, name, scope }) => (scope === 'conversation' ? [{ id, name }] : [])),
  };
}

async function roundLine(postgres: Queryable, round: Round) {
  const [raters, records, forms, followedBy] = await Promise.all([
    ratersOf(postgres, round.id),
    recordsOf(postgres, round.id),
    roundForms(postgres, round.id),
    followingOf(postgres, round.id),
  ]);
  return {
    ...{ id: round.id, name: round.name, rubricId: round.rubricId, openedAt: round.openedAt.toISOString() },
    ...{ openedBy: round.openedBy, closedAt: round.closedAt?.toISOString() ?? null, outcome: round.outcome },
    ...{ reworded: round.reworded, follows: round.follows, followedBy },
    records: records.length,
    raters: raters.map(({ id, name }) => ({
      ...{ id, name, expert: id === round.expert },
      done: forms.filter(({ member, submittedAt }) => member === id && submittedAt !== null).length,
    })),
  };
}

/** A round as the reader may see it: others' scores once everybody's are in. */
export async function showRound(deps: Deps, actor: Actor, id: number): Promise<RoundPage> {
  const { round, raters, records, submitted, rates, shown } = await openedRound(deps, actor, id);
  const { postgres } = deps.stores;
  const { rubric } = await rubricOf(postgres, round.rubricId, round.rubricVersion);
  const { rubricId: _, ...line } = await roundLine(postgres, round);
  const notes = shown ? await notesOf(postgres, id) : [];
  const name = new Map(raters.map((rater) => [rater.id, rater.name]));
  const visible = shown ? submitted : submitted.filter(({ member }) => member === actor.userId);
  const rated = submitted.flatMap(({ place, member, marks, score, submittedAt }) =>
    score === null || submittedAt === null
      ? []
      : [{ place, member, marks, score: Number(score), atMs: submittedAt.getTime() }],
  );
  return {
    ...line,
    rubric,
    shown,
    rates,
    mayClose: round.closedAt === null && may(actor, 'calibration.write') && isInScope(actor, everything),
    conversations: records.map(({ place, happenedAt }) => ({
      place,
      happenedAt: happenedAt.toISOString(),
      done: submitted.some((form) => form.place === place && form.member === actor.userId),
      scores: visible.flatMap((form) =>
        form.place === place && form.score !== null ? [{ name: name.get(form.member) ?? '', score: form.score }] : [],
      ),
      notes: notes
        .filter((note) => note.place === place)
        .map(({ at, name: by, text }) => ({ at: at.toISOString(), name: by, text })),
    })),
    laterVersions: await laterVersions(postgres, round),
    stats:
      shown && rated.length > 0
        ? jsonStats(
            roundStats(
              rubric,
              { rated, expert: round.expert },
              await earlierRounds(postgres, round, raters),
              seededDraws(`round ${id}`),
            ),
          )
        : null,
  };
}

type Stats = ReturnType<typeof roundStats>;
type Ranged = { readonly interval: readonly [number, number] | null };
const jsonRange = <Value extends Ranged>(value: Value | null) =>
  value && { ...value, interval: value.interval ? ([value.interval[0], value.interval[1]] as [number, number]) : null };

const jsonKappas = ({ plain, linear, quadratic }: Pick<Stats['pairs'][number], 'plain' | 'linear' | 'quadratic'>) => ({
  plain: jsonRange(plain),
  linear: jsonRange(linear),
  quadratic: jsonRange(quadratic),
});

function jsonStats({ alpha, records, raters, items, pairs }: Stats): NonNullable<RoundPage['stats']> {
  return {
    alpha: jsonRange(alpha),
    records,
    raters: raters.map(({ member, severity, overall, accuracy }) => ({
      ...{ member, severity: jsonRange(severity), accuracy: jsonRange(accuracy) },
      overall: {
        rounds: overall.rounds,
        ...{ severity: jsonRange(overall.severity), drift: jsonRange(overall.drift) },
      },
    })),
    items: items.map(({ cohen, ...item }) => ({
      ...item,
      ...{ nominal: jsonRange(item.nominal), alpha: jsonRange(item.alpha), fleiss: jsonRange(item.fleiss) },
      cohen: cohen && jsonKappas(cohen),
    })),
    pairs: pairs.map((pair) => ({ ...pair, ...jsonKappas(pair) })),
  };
}

/** The versions of a round's rubric that came after it. */
export async function laterVersions(
  postgres: Queryable,
  round: Pick<Round, 'rubricId' | 'rubricVersion'>,
): Promise<number[]> {
  const versions = await rubricVersions(postgres, round.rubricId);
  return versions.flatMap(({ version }) => (version > round.rubricVersion ? [version] : []));
}

async function earlierRounds(
  postgres: Queryable,
  round: Round,
  raters: readonly { readonly id: string }[],
): Promise<RatedRound[]> {
  const forms = await earlierForms(
    postgres,
    round,
    raters.map(({ id }) => id),
  );
  const rounds = new Map<number, { rated: Rated[]; expert: string | null }>();
  for (const { round: of, expert, place, member, score, submittedAt } of forms) {
    const known = rounds.get(of) ?? { rated: [], expert };
    known.rated.push({ place, member, marks: {}, score: Number(score), atMs: submittedAt.getTime() });
    rounds.set(of, known);
  }
  return [...rounds.values()];
}

function recordAt(records: readonly RoundRecord[], { id, place }: { id: number; place: number }): RoundRecord {
  const record = records.find((each) => each.place === place);
  if (!record) throw new NotFound('calibration.unknown', { round: id });
  return record;
}

/** One conversation of a round, and the reader's own form for it. Throws NotFound `calibration.unknown`. */
export async function showRecord(deps: Deps, actor: Actor, id: number, place: number): Promise<CalibrationRecord> {
  const { round, records, forms, rates } = await openedRound(deps, actor, id);
  const record = recordAt(records, { id, place });
  const { rubric } = await rubricOf(deps.stores.postgres, round.rubricId, round.rubricVersion);
  const mine = forms.filter(({ member }) => member === actor.userId);
  const own = mine.find((form) => form.place === place);
  const isOpen = rates && round.closedAt === null && !own?.submittedAt;
  const left = records.filter((each) => !mine.some((form) => form.place === each.place && form.submittedAt !== null));
  const order = [...left.filter((each) => each.place > place), ...left.filter((each) => each.place < place)];
  return {
    ...{
      round: id,
      place,
      name: round.name,
      happenedAt: record.happenedAt.toISOString(),
      rubric,
    },
    own: isOpen
      ? {
          marks: own?.marks ?? {},
          comment: own?.comment ?? '',
          revision: own?.revision ?? 0,
          seconds: own?.seconds ?? 0,
        }
      : null,
    next: rates ? (order[0]?.place ?? null) : null,
  };
}

/** Its conversation, without anybody's name. */
export async function readRecordTalk(
  deps: Deps,
  actor: Actor,
  input: { id: number; place: number },
): Promise<Transcript> {
  const { records } = await openedRound(deps, actor, input.id);
  const sessionId = recordAt(records, input).sessionId;
  return hideNames(await readTranscript(deps, actor, { sessionId, reveal: false }));
}
