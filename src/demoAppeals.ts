import { listAppeals } from './appraisal/appeals/appealStore.ts';
import { decideAppeal } from './appraisal/appeals/verbs/decideAppeal.ts';
import type { AppealDeps } from './appraisal/appeals/verbs/openCard.ts';
import { submitAppeal } from './appraisal/appeals/verbs/submitAppeal.ts';
import { readCycles } from './appraisal/cycleStore.ts';
import type { Actor } from './people/actor.ts';
import { readFrozenCards } from './scores/frozenCardStore.ts';

const everybody = { agents: null, teams: null, shops: null };
const supervisor: Actor = {
  ...{ userId: 'demo-supervisor', name: '示例主管', role: 'supervisor', scope: { kind: 'all' }, agentId: null },
};
const hr: Actor = { ...supervisor, userId: 'demo-hr', name: '示例人事', role: 'hr' };

/** How far each of the made-up appeals has come, and what was said. */
const stories = [
  {
    upTo: 'hr',
    reason: '10 日下午系统故障，会话打不开，这几个小时的数据不应算在我身上。',
    word: '故障通知属实，建议成立。',
  },
  {
    upTo: 'final',
    reason: '有两张工单是转给别的团队处理的，不该计入我的时效。',
    word: '工单流转记录可以证明，同意更正。',
  },
  { upTo: 'submitted', reason: '这个月带两名新人，他们接的会话记在了我名下。', word: '' },
] as const;

/**
 * Appeals of the made-up company, through what people use themselves: one waits for the supervisor, one for HR, one is upheld. Does nothing
 * where there are appeals already, or nothing is published.
 */
export async function appealDemo(deps: AppealDeps): Promise<void> {
  const { postgres } = deps.stores;
  const known = [
    ...(await listAppeals(postgres, everybody, 'open')),
    ...(await listAppeals(postgres, everybody, 'final')),
  ];
  const published = (await readCycles(postgres)).find(
    ({ state, period }) => state === 'published' && period.length === 7,
  );
  if (known.length > 0 || !published) return;
  const { period } = published;
  const cards = (await readFrozenCards(postgres, period)).flatMap(({ agentId, person, card }) => {
    const missed = card.items.find(
      ({ parts, deductions, target, points, effectiveWeight }) =>
        parts.length === 0 &&
        deductions.length === 0 &&
        target !== null &&
        points !== null &&
        points !== effectiveWeight,
    );
    return missed ? [{ agentId, name: person.name, item: missed.id, target: missed.target ?? '' }] : [];
  });
  for (const [i, { upTo, reason, word }] of stories.entries()) {
    const card = cards[i];
    if (!card) return;
    const { agentId, name, item, target } = card;
    const agent: Actor = { userId: `demo-${agentId}`, name, role: 'agent', scope: { kind: 'self', agentId }, agentId };
    const { id } = await submitAppeal(deps, agent, { period, kind: 'item', subject: item, reason, links: [] });
    const corrections = [{ kind: 'value' as const, item, part: null, value: target }];
    const decision = { decision: 'upheld', reason: word, corrections } as const;
    if (upTo !== 'submitted') await decideAppeal(deps, supervisor, id, decision);
    if (upTo === 'final') await decideAppeal(deps, hr, id, { ...decision, reason: '同意主管意见，按更正后的数值计。' });
  }
}
