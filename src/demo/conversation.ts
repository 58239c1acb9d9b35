import type { Agent } from './company.ts';
import { scaled } from './company.ts';
import type { Contact } from './contact.ts';
import type { Customer } from './customers.ts';
import { dateOf, day, minute, second } from './demoTime.ts';
import { afterthoughts, phrases } from './phrases.ts';
import type { Random } from './random.ts';

export interface Line {
  readonly atMs: number;
  readonly sender: 'customer' | 'bot' | 'system' | 'agent';
  readonly senderId: string;
  readonly text: string;
  readonly kind: 'text' | 'image' | 'product' | 'invitation' | 'note' | 'withdrawn';
  readonly auto: boolean;
}

export interface Scene {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly agent: Agent;
  /** Who takes over when the agent passes the customer on. */
  readonly colleague: Agent | undefined;
  readonly z: number;
  /** 1 in a quiet hour, more when several customers write at once. */
  readonly load: number;
  readonly promotion: boolean;
}

export interface Conversation {
  readonly lines: readonly Line[];
  readonly handoffAtMs: number | undefined;
  readonly assignedAtMs: number | undefined;
  readonly endedAtMs: number;
  readonly endedBy: 'customer' | 'agent' | 'system' | 'bot';
  readonly replied: boolean;
  readonly resolved: boolean;
  readonly transferAtMs: number | undefined;
  readonly escalated: boolean;
  readonly invitedAtMs: number | undefined;
  readonly kbUsedAtMs: number | undefined;
  /** How content the customer left: 0 is indifferent, above 1.1 delighted, below −0.7 furious. */
  readonly satisfaction: number;
}

/** A conversation with a person in it, or one that should have had one. */
export function converse(random: Random, scene: Scene): Conversation {
  const { contact, customer, agent, colleague, z, load } = scene;
  const { scenario, appliance } = contact.about;
  const lines: Line[] = [];
  let now = contact.atMs;
  let speaker = agent;

  const slots: Record<string, string> = { ...fillSlots(random, scene), other: colleague?.name ?? '' };
  const put = (sender: Line['sender'], text: string, more: Partial<Line> = {}) => {
    slots.agent = speaker.name;
    const filled = fill(text, slots);
    const kind = more.kind ?? (filled === phrases.image[0] ? 'image' : 'text');
    lines.push({
      atMs: now,
      sender,
      senderId: sender === 'agent' ? speaker.id : '',
      auto: false,
      ...more,
      text: filled,
      kind,
    });
  };
  const wait = (meanMs: number, sigma = 0.6) => {
    now += Math.max(300, Math.round(random.logNormal(meanMs, sigma)));
  };
  const ask = (text: string) => put('customer', text.includes('{image}') ? phrases.image[0] : text);
  const opening = openingLines(random, contact);

  let handoffAtMs: number | undefined;
  if (random.chance(0.5)) {
    now += random.int(200, 900);
    put('bot', random.pick(phrases.botGreeting));
    wait(9 * second);
    ask(opening[0] as string);
    now += random.int(400, 1200);
    const advice = scenario.queue === '维修' && random.chance(0.5) ? phrases.botAdvice : phrases.botAnswer;
    put('bot', random.pick(advice));
    wait(8 * second);
    ask(random.pick(phrases.askHuman));
    now += random.int(300, 900);
    handoffAtMs = now;
    put('system', random.pick(phrases.handoff));
  } else {
    if (random.chance(0.3)) {
      ask(random.pick(phrases.politeOpen));
      wait(5 * second);
    }
    for (const line of opening) {
      ask(line);
      if (line !== opening.at(-1)) wait(7 * second);
    }
  }
  const queued = random.chance(scene.promotion ? 0.35 : 0.08) ? random.int(4, 60) * second : random.int(200, 2500);
  const clockMs = now;
  now += queued;
  const assignedAtMs = now;
  if (random.chance(0.75)) {
    now += random.int(300, 900);
    put('agent', random.pick(scene.promotion ? phrases.promotionAuto : phrases.welcomeAuto), { auto: true });
  }

  const finish = (part: Partial<Conversation>): Conversation => ({
    lines,
    handoffAtMs,
    assignedAtMs,
    endedAtMs: now,
    endedBy: 'customer',
    replied: true,
    resolved: false,
    transferAtMs: undefined,
    escalated: false,
    invitedAtMs: undefined,
    kbUsedAtMs: undefined,
    satisfaction: -1.2,
    ...part,
  });

  if (random.chance(scaled(z, 0.1, 0.032, 0.008) * (0.7 + 0.3 * load))) {
    for (let k = random.int(0, 2); k > 0; k--) {
      wait(70 * second);
      ask(random.pick(phrases.nudge));
    }
    wait(80 * second);
    ask(random.pick(phrases.leave));
    now += random.int(20, 240) * second;
    return finish({ replied: false, endedBy: random.chance(0.5) ? 'system' : 'customer' });
  }

  const slow = () => Math.max(0.4, load * (scene.promotion ? 1.1 : 1));
  const think = () => random.logNormal(scaled(agent.speed, 76, 41, 22) * second * slow(), 0.7);
  let impatience = 0;

  if (agent.habit === 'cannedFirstReply' && random.chance(0.75)) {
    now = assignedAtMs + random.int(1800, 4200);
    put('agent', random.pick(phrases.canned));
    now += random.int(65, 190) * second;
    impatience += 0.35;
  } else {
    const firstMs = random.logNormal(scaled(agent.speed, 33, 15.5, 8) * second * slow(), 0.62);
    now = Math.max(now, assignedAtMs + Math.round(Math.max(1500, firstMs)));
    put('agent', random.pick(phrases.firstReply));
    if (firstMs > 45 * second) impatience += 0.3;
  }
  if (now - clockMs > 2 * minute) impatience += 0.3;

  const angry = customer.impatient > 0.86 || contact.why === 'again' || contact.why === 'chase';
  if (angry && random.chance(0.6)) {
    wait(8 * second);
    ask(random.pick(random.chance(0.16) ? phrases.abuse : phrases.angry));
    now += Math.round(think() * 0.7);
    const curt = z < -1.3 && random.chance(0.05);
    put('agent', random.pick(curt ? phrases.curtReply : phrases.empathy));
    if (curt) impatience += 1;
  }

  let transferAtMs: number | undefined;
  if (colleague && random.chance(scaled(z, 0.13, 0.055, 0.025))) {
    now += Math.round(think() * 0.6);
    put('agent', random.pick(phrases.transferOut));
    now += random.int(2, 20) * second;
    transferAtMs = now;
    put('system', random.pick(phrases.transferred));
    speaker = colleague;
    wait(25 * second);
    ask(random.pick(scenario.opens));
    now += Math.round(think());
    put('agent', random.pick(phrases.takeOver));
    impatience += 0.25;
  }
  const escalated = random.chance(scaled(z, 0.04, 0.012, 0.004));

  let kbUsedAtMs: number | undefined;
  const asks = random.shuffled(scenario.asks).slice(0, random.chance(0.15) ? 3 : random.int(1, 2));
  for (const [question, answers] of asks) {
    wait(4 * second);
    put('agent', question);
    wait(24 * second, 0.8);
    ask(random.pick(answers));
    const replyMs = think();
    if (replyMs > 100 * second && random.chance(0.5)) {
      now += Math.round(replyMs * 0.6);
      ask(random.pick(phrases.nudge));
      now += Math.round(replyMs * 0.4);
      impatience += 0.15;
    } else now += Math.round(replyMs);
    if (random.chance(0.22)) {
      put('agent', random.pick(phrases.hold));
      kbUsedAtMs ??= now + 3 * second;
      now += random.int(25, 110) * second;
      put('agent', random.pick(phrases.afterHold));
    }
  }
  wait(6 * second);
  put('agent', random.pick(scenario.solves), random.chance(0.02) ? { kind: 'withdrawn' } : {});
  if (random.chance(0.35)) {
    wait(8 * second);
    put('agent', random.pick(scenario.solves));
  }
  if (scenario.queue === '售前' && random.chance(0.5)) {
    wait(5 * second);
    put('agent', `[商品] 青屿${appliance.product} ${appliance.model}`, { kind: 'product' });
  }
  if (random.chance(0.55)) kbUsedAtMs ??= now;
  for (let k = random.int(0, 3) - 1; k > 0; k--) {
    wait(18 * second);
    const [question, answers] = random.pick(afterthoughts);
    ask(question);
    now += Math.round(think());
    put('agent', random.pick(answers));
  }

  const early = agent.habit === 'prematureClose' && random.chance(0.6);
  const resolved = random.chance(scaled(z, 0.66, 0.87, 0.96) * (early ? 0.8 : 1));
  wait(15 * second);
  const satisfaction = 1.05 + 0.33 * z + (resolved ? 0.25 : -0.7) - impatience + 1.05 * random.normal();
  if (!early || random.chance(0.4)) {
    ask(
      satisfaction > 0.2
        ? random.pick(random.chance(0.6) ? phrases.thanks : phrases.customerAck)
        : random.pick(phrases.stillUnhappy),
    );
    now += Math.round(think() * 0.6);
    put('agent', random.pick(phrases.close));
    if (random.chance(0.3)) {
      wait(9 * second);
      ask(random.pick(phrases.customerAck));
      if (random.chance(0.7)) {
        now += Math.round(think() * 0.5);
        put('agent', random.pick(phrases.close));
      }
    }
  }
  if (random.chance(0.03)) {
    now += second;
    put('agent', `内部备注：客户关注${scenario.issue}，跟进到位`, { kind: 'note' });
  }

  let invitedAtMs: number | undefined;
  const invites =
    agent.habit === 'selectiveInvitation' ? (satisfaction > 0.4 ? 0.97 : 0.25) : scaled(z, 0.8, 0.9, 0.97);
  if (random.chance(invites)) {
    now += random.int(3, 20) * second;
    invitedAtMs = now;
    const begs = agent.habit === 'selectiveInvitation' && random.chance(0.3);
    put('agent', random.pick(begs ? phrases.begging : phrases.invitation), { kind: 'invitation' });
  }
  const byAgent = early || random.chance(0.45);
  now += byAgent ? random.int(1, 20) * second : random.int(20, 300) * second;
  return finish({
    resolved,
    transferAtMs,
    escalated,
    invitedAtMs,
    kbUsedAtMs,
    satisfaction,
    endedBy: byAgent ? 'agent' : random.chance(0.5) ? 'customer' : 'system',
  });
}

function openingLines(random: Random, contact: Contact): string[] {
  const { scenario } = contact.about;
  if (contact.why === 'again') return [random.pick(phrases.again)];
  if (contact.why === 'chase') return [random.pick(phrases.chase)];
  const first = random.pick(scenario.opens);
  const second = random.pick(scenario.opens);
  return random.chance(0.25) && second !== first ? [first, second] : [first];
}

/** Values for the braces of a text, the same throughout one conversation. */
export function fillSlots(random: Random, scene: Pick<Scene, 'contact' | 'customer'>): Record<string, string> {
  const { contact, customer } = scene;
  const { appliance, scenario, shop } = contact.about;
  const visit = dateOf(contact.atMs + random.int(1, 4) * day);
  return {
    product: appliance.product,
    model: appliance.model,
    serial: appliance.serial,
    issue: scenario.issue,
    shop,
    who: customer.calledBy,
    phone: customer.phone,
    address: customer.address,
    email: customer.email,
    image: phrases.image[0],
    order: `QY${dateOf(contact.atMs).replaceAll('-', '')}${String(random.int(0, 999_999)).padStart(6, '0')}`,
    day: `${Number(visit.slice(5, 7))}月${Number(visit.slice(8))}日`,
    slot: random.pick(['上午', '下午', '上午10点左右', '下午3点以后', '晚上6点后']),
    code: random.pick(['E1', 'E3', 'E5', 'F1', 'F4', 'H6', 'dE', 'UB']),
    worker: random.pick(['周师傅', '陈师傅', '刘工', '何师傅', '罗工', '孙师傅']),
    price: String(random.pick([30, 50, 80, 99, 120, 150, 180, 200, 260, 350])),
    part: random.pick(['遥控器', '滤芯', '排水管', '门封条', '进水管', '过滤网', '镁棒', '底座']),
  };
}

export function fill(text: string, slots: Readonly<Record<string, string>>): string {
  return text.includes('{') ? text.replace(/\{(\w+)\}/g, (whole, name: string) => slots[name] ?? whole) : text;
}
