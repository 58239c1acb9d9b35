import { todayIn } from '../../facts/calendarDays.ts';
import { parsePeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope, may } from '../../people/authorise.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import type { Queryable } from '../../platform/transaction.ts';
import { grouped } from '../../scores/grouped.ts';
import { type Person, peopleIn } from '../../scores/organisation.ts';
import { factsOf } from '../factStore.ts';
import { type Catalogue, gapsTo, jobOf, type Levels, nextOf, rotationsOf } from '../matrix.ts';
import { type LevelProposal, type PersonFacts, proposeLevel } from '../proposeLevel.ts';
import type { PersonSkills, SkillMatrix, SkillProposals } from '../schemas.ts';
import type { Evidence, Job } from '../skillSchema.ts';
import {
  givenJobs,
  heldLevels,
  latestLevels,
  levelHistory,
  readCatalogue,
  readDeclines,
  readPersonJobs,
} from '../skillStore.ts';

/** Who works here today, of those the reader may see. */
export async function colleaguesOf(deps: Pick<Deps, 'stores' | 'now' | 'timeZone'>, actor: Actor): Promise<Person[]> {
  const today = todayIn(deps);
  const people = await peopleIn(deps.stores.clickhouse, parsePeriod(`${today}..${today}`, deps.timeZone));
  return people.filter((person) => isInScope(actor, person));
}

/** Throws NotFound `skill.person`, also for somebody out of scope. */
export async function colleague(deps: Deps, actor: Actor, agentId: string): Promise<Person> {
  const found = (await colleaguesOf(deps, actor)).find((each) => each.agentId === agentId);
  if (!found) throw new NotFound('skill.person', { agent: agentId.slice(0, 100) });
  return found;
}

/** Everybody in reach with what they can do; an agent finds themselves alone. */
export async function readMatrix(deps: Deps, actor: Actor): Promise<SkillMatrix> {
  authorise(actor, 'skill.read');
  const { postgres } = deps.stores;
  const [people, catalogue] = await Promise.all([colleaguesOf(deps, actor), readCatalogue(postgres)]);
  const agents = people.map(({ agentId }) => agentId);
  const [latest, jobs] = await Promise.all([latestLevels(postgres, agents), readPersonJobs(postgres, agents)]);
  const [held, given] = [heldLevels(latest), givenJobs(jobs)];
  const levels = grouped(latest, (each) => each.agentId);
  return {
    ...viewOf(catalogue),
    people: people.map((person) => {
      const { agentId, name, team, shop, tier } = person;
      const job = jobOf(given.get(agentId) ?? null, tier, catalogue);
      return {
        ...{ agentId, name, team, shop, tier, job: job?.id ?? null },
        levels: (levels.get(agentId) ?? []).flatMap(({ skill, level, at, by }) =>
          level === null ? [] : [{ skill, level, at: at.toISOString(), by }],
        ),
        rotations: actor.role === 'agent' ? [] : idsOf(rotationsOf(job, held.get(agentId) ?? none, catalogue)),
      };
    }),
    may: { assess: may(actor, 'skill.assess'), write: may(actor, 'skill.write') },
  };
}

const none: Levels = new Map();
const idsOf = (jobs: readonly Job[]) => jobs.map(({ id }) => id);
const viewOf = ({ skills, jobs }: Catalogue) => ({ skills: [...skills], jobs: [...jobs] });

/** One person: levels with what they rest on, gaps to their job and the next, and what facts propose. Throws as `colleague`. */
export async function readPerson(deps: Deps, actor: Actor, agentId: string): Promise<PersonSkills> {
  authorise(actor, 'skill.read');
  const { postgres } = deps.stores;
  const person = await colleague(deps, actor, agentId);
  const mayAssess = may(actor, 'skill.assess') && actor.agentId !== agentId;
  const [catalogue, history, latest, jobs, facts] = await Promise.all([
    readCatalogue(postgres),
    levelHistory(postgres, agentId),
    latestLevels(postgres, [agentId]),
    readPersonJobs(postgres, [agentId]),
    mayAssess ? factsOf(deps, [agentId]) : null,
  ]);
  const held = heldLevels(latest).get(agentId) ?? none;
  const { name, team, shop, tier } = person;
  const job = jobOf(givenJobs(jobs).get(agentId) ?? null, tier, catalogue);
  const next = nextOf(job, catalogue);
  const known = facts?.get(agentId);
  const proposals = known ? await openProposals(postgres, catalogue, [{ person, facts: known, held }]) : [];
  return {
    ...{ ...viewOf(catalogue), agent: { agentId, name, team, shop, tier } },
    ...{ job: job?.id ?? null, next: next?.id ?? null },
    jobHistory: jobs.map(({ job: id, reason, at, by }) => ({ job: id, reason, at: at.toISOString(), by })),
    history: history.map(({ agentId: _, at, ...given }) => ({ ...given, at: at.toISOString() })),
    gaps: {
      own: job ? gapsTo(job, held, catalogue) : [],
      next: next ? gapsTo(next, held, catalogue) : [],
    },
    rotations: actor.role === 'agent' ? [] : idsOf(rotationsOf(job, held, catalogue)),
    proposals: proposals.map(({ proposal: { skill, level, evidence } }) => ({
      ...{ skill, level, evidence, current: held.get(skill) ?? null },
    })),
    facts: known ? evidenceOf(known) : [],
    may: { assess: mayAssess, write: may(actor, 'skill.write') },
  };
}

const evidenceOf = ({ exams, inspections, bestCases }: PersonFacts): Evidence[] => [
  ...exams.map(
    ({ ref, day, hundredths }): Evidence => ({
      ...{ kind: 'exam', ref, day, text: (hundredths / 100).toFixed(2) },
    }),
  ),
  ...inspections.map(({ ref, day }): Evidence => ({ kind: 'inspection', ref, day, text: '' })),
  ...bestCases.map(({ ref, day }): Evidence => ({ kind: 'bestCase', ref, day, text: '' })),
];

interface Asked {
  readonly person: Person;
  readonly facts: PersonFacts;
  readonly held: Levels;
}
interface OpenProposal {
  readonly person: Person;
  readonly proposal: LevelProposal;
}

/** What facts propose that is not so already, and that nobody declined on the same facts. */
export async function openProposals(
  postgres: Queryable,
  { skills }: Catalogue,
  asked: readonly Asked[],
): Promise<OpenProposal[]> {
  const declines = await readDeclines(
    postgres,
    asked.map(({ person }) => person.agentId),
  );
  const declined = new Set(declines.map((each) => [each.agentId, each.skill, each.level, each.facts].join('\n')));
  return asked.flatMap(({ person, facts, held }) =>
    skills.flatMap((skill): OpenProposal[] => {
      const proposal = skill.retired ? null : proposeLevel(skill, facts);
      if (!proposal || held.get(skill.id) === proposal.level) return [];
      const key = [person.agentId, skill.id, proposal.level, proposal.facts].join('\n');
      return declined.has(key) ? [] : [{ person, proposal }];
    }),
  );
}

/** What facts propose for everybody in reach, except the reader. */
export async function listProposals(deps: Deps, actor: Actor): Promise<SkillProposals> {
  authorise(actor, 'skill.assess');
  const { postgres } = deps.stores;
  const people = (await colleaguesOf(deps, actor)).filter(({ agentId }) => agentId !== actor.agentId);
  const agents = people.map(({ agentId }) => agentId);
  const [catalogue, latest, facts] = await Promise.all([
    readCatalogue(postgres),
    latestLevels(postgres, agents),
    factsOf(deps, agents),
  ]);
  const held = heldLevels(latest);
  const asked = people.flatMap((person): Asked[] => {
    const known = facts.get(person.agentId);
    return known ? [{ person, facts: known, held: held.get(person.agentId) ?? none }] : [];
  });
  const open = await openProposals(postgres, catalogue, asked);
  return {
    proposals: open.map(({ person, proposal: { skill, level, evidence } }) => ({
      agent: person,
      ...{ skill, level, evidence, current: held.get(person.agentId)?.get(skill) ?? null },
    })),
  };
}
