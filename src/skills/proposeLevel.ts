import { divide, type Fraction, sum } from '../scores/fraction.ts';
import type { Evidence, Level, Skill } from './skillSchema.ts';

/** What is known of one person from the last months, each the oldest first; figures as whole hundredths of points. */
export interface PersonFacts {
  readonly exams: readonly ExamFact[];
  readonly inspections: readonly InspectionFact[];
  readonly bestCases: readonly Fact[];
}
interface Fact {
  readonly ref: string;
  readonly day: string;
}
/** A month's exams: their mean, and what it was divided from. */
export interface ExamFact extends Fact {
  readonly hundredths: number;
  readonly points: Fraction;
  readonly papers: Fraction;
}
/** A form that counts: by category and by item what was won and what could be, in hundredths of points. */
export interface InspectionFact extends Fact {
  readonly rubric: string;
  readonly parts: ReadonlyMap<string, { readonly won: number; readonly of: number }>;
}

export interface LevelProposal {
  readonly skill: string;
  readonly level: Level;
  readonly evidence: readonly Evidence[];
  /** All facts it rests on, shown or not: the same facts propose the same. */
  readonly facts: string;
}

/** With fewer forms than this one bad day would speak for a person. */
const formsMin = 3;
const casesForOneMore = 3;
/** So much is shown of what it rests on. */
const evidenceMost = 10;
/** From which share of the points on a level is proposed, in hundredths of a percent. */
const steps: readonly (readonly [from: number, level: Level])[] = [
  [9500, 5],
  [8800, 4],
  [7800, 3],
  [6000, 2],
];

const levelOf = (share: number): Level => steps.find(([from]) => share >= from)?.[1] ?? 1;

/**
 * The level that the facts of a skill's sources speak for: the lowest of what exams and inspections say, one more with three best cases.
 * Best cases alone propose nothing, as they are picked and no sample; null where nothing was measured. A person decides.
 */
export function proposeLevel(skill: Skill, facts: PersonFacts): LevelProposal | null {
  const said: { readonly level: Level; readonly evidence: readonly Evidence[] }[] = [];
  for (const source of skill.sources) {
    if (source.kind === 'exam') said.push(...ofExams(facts.exams));
    if (source.kind === 'rubric') said.push(...ofForms(facts.inspections, source.rubric, source.parts));
  }
  const [first, ...more] = said;
  if (!first) return null;
  const lowest = more.reduce((least, { level }) => (level < least ? level : least), first.level);
  const cases = skill.sources.some(({ kind }) => kind === 'bestCase') ? facts.bestCases : [];
  const isLifted = cases.length >= casesForOneMore && lowest < 5;
  const praised = cases.map(({ ref, day }): Evidence => ({ kind: 'bestCase', ref, day, text: '' }));
  const sources = [...said.map(({ evidence }) => evidence), praised];
  return {
    ...{ skill: skill.id, level: isLifted ? ((lowest + 1) as Level) : lowest },
    evidence: shown(sources, isLifted ? praised.slice(-casesForOneMore) : []),
    facts: sources
      .flat()
      .map(({ kind, ref, text }) => `${kind} ${ref} ${text}`)
      .join('\n'),
  };
}

/** The latest of each source in turn, the latest first, until there is enough; some of it in any case. */
function shown(sources: readonly (readonly Evidence[])[], certain: readonly Evidence[]): Evidence[] {
  const latest = sources.map((source) => [...source].reverse());
  const turns = Array.from({ length: evidenceMost }, (_, place) => latest.flatMap((source) => source[place] ?? []));
  const chosen = new Set([...new Set([...certain, ...turns.flat()])].slice(0, evidenceMost));
  return latest.flat().filter((each) => chosen.has(each));
}

function ofExams(exams: readonly ExamFact[]) {
  if (exams.length === 0) return [];
  // Over all papers: a mean of monthly means would let a month with one paper weigh as much as one with nine.
  const mean = divide(sum(exams.map((each) => each.points)), sum(exams.map((each) => each.papers)));
  const evidence = exams.map(
    ({ ref, day, hundredths }): Evidence => ({
      ...{ kind: 'exam', ref, day },
      text: points(hundredths),
    }),
  );
  return [{ level: levelOf(Number((mean.n * 100n) / mean.d)), evidence }];
}

function ofForms(forms: readonly InspectionFact[], rubric: string, parts: readonly string[]) {
  const judged = forms
    .filter((form) => form.rubric === rubric)
    .map(({ ref, day, parts: known }) => {
      const own = parts.flatMap((part) => known.get(part) ?? []);
      const [won, of] = [own.reduce((all, each) => all + each.won, 0), own.reduce((all, each) => all + each.of, 0)];
      return { ref, day, won, of };
    })
    // Where no part applied, nothing was judged.
    .filter(({ of }) => of > 0);
  if (judged.length < formsMin) return [];
  const total = (pick: 'won' | 'of') => judged.reduce((all, each) => all + each[pick], 0);
  const evidence = judged.map(
    ({ ref, day, won, of }): Evidence => ({
      ...{ kind: 'inspection', ref, day },
      text: `${points(won)}/${points(of)}`,
    }),
  );
  return [{ level: levelOf(Math.floor((total('won') * 10_000) / total('of'))), evidence }];
}

const points = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
