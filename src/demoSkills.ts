import { Temporal } from 'temporal-polyfill';
import { type Draw, seededDraws } from './metrics/seededDraws.ts';
import { activeActors } from './people/actors.ts';
import type { Deps } from './platform/http.ts';
import { transaction } from './platform/transaction.ts';
import type { Person } from './scores/organisation.ts';
import { factsOf } from './skills/factStore.ts';
import type { PersonFacts } from './skills/proposeLevel.ts';
import { shippedSkills } from './skills/shippedSkills.ts';
import type { Evidence, Level } from './skills/skillSchema.ts';
import { insertLevel, lockSkills } from './skills/skillStore.ts';
import { proposeRotations } from './skills/verbs/proposeRotations.ts';
import { colleaguesOf } from './skills/verbs/readMatrix.ts';

const day = 86_400_000;
/** Around which level people of a tier are; a few are better, a few not there yet. */
const usual = { junior: 2, mid: 3, senior: 4 } as const;
const notes = [
  '旁听三通会话，处理得当',
  '师徒带教记录，本月完成两次演练',
  '应急演练中负责对接物流与产品',
  '复盘一起升级投诉，先止损再解释',
  '整理新品问答，组内分享一次',
];

/**
 * Gives the made-up company's people levels, each on evidence that exists, some of them twice so that there is a history; one skill in five is left
 * for somebody to judge. Does nothing where there is a level.
 */
export async function skillDemo(deps: Deps): Promise<void> {
  const { postgres } = deps.stores;
  if ((await postgres.query('SELECT 1 FROM skill_levels LIMIT 1')).rows.length > 0) return;
  const actors = await activeActors(postgres);
  const giver = actors.find(({ role }) => role === 'trainer') ?? actors.find(({ role }) => role === 'hr');
  const hr = actors.find(({ role }) => role === 'hr');
  if (!giver || !hr) return;
  const people = await colleaguesOf(deps, hr);
  const facts = await factsOf(
    deps,
    people.map(({ agentId }) => agentId),
  );
  const draw = seededDraws('skills of the demo');
  await transaction(postgres, async (connection) => {
    await lockSkills(connection);
    for (const person of people)
      for (const skill of Object.keys(shippedSkills)) {
        const level = levelFor(person, draw);
        const luck = draw();
        if (luck < 0.2) continue;
        const before = luck > 0.75 && level > 1 ? [{ level: (level - 1) as Level, ago: 75 }] : [];
        for (const given of [...before, { level, ago: 5 + Math.floor(draw() * 20) }]) {
          const at = new Date(deps.now() - given.ago * day);
          const evidence = [evidenceFor(skill, facts.get(person.agentId), { at, draw, timeZone: deps.timeZone })];
          const { agentId } = person;
          await insertLevel(
            connection,
            { agentId, skill, level: given.level, reason: '季度技能评议', evidence, wasProposed: false },
            { at, userId: giver.userId, name: giver.name },
          );
        }
      }
    await proposeRotations(connection, { at: new Date(deps.now()) });
  });
}

function levelFor({ tier }: Person, draw: Draw): Level {
  const luck = draw();
  const level = usual[tier ?? 'junior'] + (luck < 0.22 ? -1 : luck > 0.85 ? 1 : 0);
  return Math.min(5, Math.max(1, level)) as Level;
}

interface When {
  readonly at: Date;
  readonly draw: Draw;
  readonly timeZone: string;
}

function evidenceFor(skill: string, facts: PersonFacts | undefined, { at, draw, timeZone }: When): Evidence {
  const today = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const exam = facts?.exams.filter((each) => each.day <= today.toString()).at(-1);
  if (skill === 'product_knowledge' && exam)
    return { kind: 'exam', day: exam.day, ref: exam.ref, text: (exam.hundredths / 100).toFixed(2) };
  const text = notes[Math.floor(draw() * notes.length)] ?? '';
  return { kind: 'note', day: today.subtract({ days: 2 }).toString(), ref: '', text };
}
