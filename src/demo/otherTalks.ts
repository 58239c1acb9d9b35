import { type Conversation, fill, fillSlots, type Line, type Scene } from './conversation.ts';
import { minute, second } from './demoTime.ts';
import { phrases } from './phrases.ts';
import type { Random } from './random.ts';

const nothing = {
  handoffAtMs: undefined,
  assignedAtMs: undefined,
  replied: false,
  resolved: false,
  transferAtMs: undefined,
  escalated: false,
  invitedAtMs: undefined,
  kbUsedAtMs: undefined,
  satisfaction: 0,
} satisfies Partial<Conversation>;

/** A question that the bot settles alone. */
export function botOnly(random: Random, scene: Scene): Conversation {
  const talk = script(random, scene);
  talk.say('bot', random.pick(phrases.botGreeting), random.int(200, 800));
  talk.say('customer', random.pick(scene.contact.about.scenario.opens), random.int(4, 20) * second);
  talk.say('bot', random.pick(phrases.botAnswer), random.int(400, 1200));
  talk.say('customer', random.pick(phrases.botDone), random.int(5, 40) * second);
  return { ...nothing, lines: talk.lines, endedAtMs: talk.now() + 3 * minute, endedBy: 'system' };
}

/** Someone writes at night and is answered next morning, or not at all. */
export function leftOvernight(random: Random, scene: Scene, answerAtMs: number | undefined): Conversation {
  const talk = script(random, scene);
  talk.say('customer', random.pick(scene.contact.about.scenario.opens), 0);
  talk.say('system', phrases.offlineAuto[0], random.int(300, 900));
  talk.say(
    'customer',
    random.pick(['好吧，明天记得回我', '{phone}，上班了联系我', '这么早就下班了', '急！']),
    random.int(10, 60) * second,
  );
  if (answerAtMs === undefined) {
    return {
      ...nothing,
      lines: talk.lines,
      assignedAtMs: talk.now() + second,
      endedAtMs: talk.now() + 5 * minute,
      endedBy: 'system',
    };
  }
  talk.jump(answerAtMs);
  talk.say('agent', random.pick(phrases.offlineReply), 0);
  talk.say('agent', random.pick(scene.contact.about.scenario.solves), random.int(10, 60) * second);
  return {
    ...nothing,
    lines: talk.lines,
    assignedAtMs: answerAtMs - random.int(5, 90) * second,
    endedAtMs: talk.now() + 2 * minute,
    endedBy: 'agent',
    replied: true,
    resolved: random.chance(0.8),
    satisfaction: 0.4 + random.normal(),
  };
}

/** A call back or an offer by the agent; half of the customers answer. */
export function agentInitiated(random: Random, scene: Scene): Conversation {
  const talk = script(random, scene);
  talk.say('agent', random.pick(phrases.agentInitiated), 0);
  const answered = random.chance(0.5);
  if (answered) {
    talk.say('customer', random.pick(phrases.replyToAgent), random.int(20, 400) * second);
    talk.say('agent', random.pick(phrases.close), random.int(8, 60) * second);
  }
  return {
    ...nothing,
    lines: talk.lines,
    assignedAtMs: scene.contact.atMs,
    endedAtMs: talk.now() + 10 * minute,
    endedBy: 'system',
    replied: answered,
    resolved: true,
    satisfaction: 1 + random.normal(),
  };
}

export function testTalk(random: Random, scene: Scene): Conversation {
  const talk = script(random, scene);
  talk.say('customer', random.pick(phrases.testTalk), 0);
  talk.say('agent', random.pick(phrases.testTalk), random.int(1, 9) * second);
  return {
    ...nothing,
    lines: talk.lines,
    assignedAtMs: scene.contact.atMs,
    endedAtMs: talk.now() + second,
    endedBy: 'agent',
    replied: true,
  };
}

function script(random: Random, scene: Scene) {
  const lines: Line[] = [];
  const slots = { ...fillSlots(random, scene), agent: scene.agent.name };
  let now = scene.contact.atMs;
  return {
    lines,
    now: () => now,
    jump: (ms: number) => {
      now = ms;
    },
    say: (sender: Line['sender'], text: string, afterMs: number) => {
      now += afterMs;
      const senderId = sender === 'agent' ? scene.agent.id : '';
      lines.push({ atMs: now, sender, senderId, text: fill(text, slots), kind: 'text', auto: false });
    },
  };
}
