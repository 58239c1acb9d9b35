import { dateOf, day, hour, monthsBefore, weekday } from './demoTime.ts';
import type { Random } from './random.ts';

export const shops = ['青屿旗舰店', '青屿官方商城', '青屿生活馆'] as const;
export type Shop = (typeof shops)[number];
export const channels: Readonly<Record<Shop, readonly string[]>> = {
  青屿旗舰店: ['app', 'web'],
  青屿官方商城: ['wechat', 'web'],
  青屿生活馆: ['app', 'live'],
};
const teamNames = ['旗舰一组', '商城一组', '生活一组', '旗舰二组', '商城二组', '技术支持组'];
const shopOfTeam = (index: number): Shop => shops[index % shops.length] as Shop;

/** What a few people do to look better than they are; the signals of gaming should find them. */
export type Habit = 'none' | 'cannedFirstReply' | 'prematureClose' | 'selectiveInvitation';

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly shop: Shop;
  readonly team: string;
  readonly tier: 'junior' | 'mid' | 'senior';
  readonly employment: 'formal' | 'intern' | 'outsourced';
  readonly hiredOn: string;
  readonly leftOn: string;
  readonly managerId: string;
  readonly salary: number;
  readonly lateShift: boolean;
  readonly technical: boolean;
  /** Standard deviations from the company's typical agent, on the first day; growth is per 30 days. */
  readonly skill: number;
  readonly speed: number;
  readonly growth: number;
  readonly habit: Habit;
  readonly moves?: { readonly on: string; readonly team: string; readonly shop: Shop };
}

export interface Span {
  readonly firstMs: number;
  /** First instant after the last day. */
  readonly endMs: number;
}

/** The people of the company: teams of ten, the last a technical one, skills spread evenly over a normal curve. */
export function hireAgents(random: Random, count: number, span: Span): Agent[] {
  const teams = Math.max(1, Math.round(count / 10));
  const skills = spreadSkills(random, count);
  const days = (span.endMs - span.firstMs) / day;
  const onDay = (share: number) => dateOf(span.firstMs + Math.floor(days * share) * day);
  const names = new Set<string>();

  return skills.map((skill, index) => {
    const teamIndex = index % teams;
    const team = teamName(teamIndex, teams);
    const technical = teams > 1 && teamIndex === teams - 1;
    const joins = index === 17;
    const leaves = index === 26;
    const lead = index < teams;
    const tenureMonths = joins ? 0 : lead ? random.int(30, 70) : random.int(2, 60);
    const tier = joins ? 'junior' : lead ? 'senior' : tierFor(skill + tenureMonths / 40 + random.normal() * 0.3);
    return {
      id: agentId(index),
      name: newName(random, names),
      shop: shopOfTeam(teamIndex),
      team,
      tier,
      employment: joins ? 'intern' : index % 9 === 8 ? 'outsourced' : 'formal',
      hiredOn: joins ? onDay(0.42) : monthsBefore(dateOf(span.firstMs), tenureMonths),
      leftOn: leaves ? onDay(0.7) : '',
      managerId: lead ? '' : agentId(teamIndex),
      salary: { junior: 5200, mid: 6400, senior: 8200 }[tier] + random.int(0, 9) * 100,
      lateShift: Math.floor(index / teams) % 2 === 1,
      technical,
      skill: joins ? -0.9 : lead ? Math.abs(skill) * 0.8 + 0.2 : skill,
      speed: 0.6 * skill + 0.8 * random.normal(),
      growth: joins ? 0.7 : random.normal() * 0.15 + (tier === 'junior' ? 0.2 : 0.03),
      habit: habitOf(index),
      ...(index === 33 && teams > 3
        ? { moves: { on: onDay(0.5), team: teamName(1, teams), shop: shopOfTeam(1) } }
        : {}),
    };
  });
}

function habitOf(index: number): Habit {
  if (index % 60 === 20) return 'cannedFirstReply';
  if (index % 60 === 31) return 'prematureClose';
  return index % 60 === 44 ? 'selectiveInvitation' : 'none';
}

export function isEmployed(agent: Agent, date: string): boolean {
  return agent.hiredOn <= date && (agent.leftOn === '' || date < agent.leftOn);
}

export function placeOf(agent: Agent, date: string): { team: string; shop: Shop } {
  return agent.moves && date >= agent.moves.on ? agent.moves : agent;
}

/** Ability on a day: it grows. 0 is what the scales of the demo call typical; the company as a whole starts a little below. */
export function ability(agent: Agent, atMs: number, span: Span): number {
  return 0.88 * agent.skill - 0.52 + (agent.growth * (atMs - span.firstMs)) / (30 * day);
}

/** Between the worst (z = −2), the typical (0) and the best (2) value, linear on each side. */
export function scaled(z: number, worst: number, typical: number, best: number): number {
  const bounded = Math.max(-2, Math.min(2, z));
  return bounded < 0 ? typical + ((worst - typical) * -bounded) / 2 : typical + ((best - typical) * bounded) / 2;
}

export interface Shift {
  readonly startMs: number;
  readonly endMs: number;
}

/** Two free days a week, rotating; early shift 08:30–17:30, late shift 14:00–23:00. */
export function shiftOf(agent: Agent, index: number, dayMs: number): Shift | null {
  const today = weekday(dayMs);
  const free = (index * 3) % 7;
  if (today % 7 === free || today % 7 === (free + 1) % 7) return null;
  return agent.lateShift
    ? { startMs: dayMs + 14 * hour, endMs: dayMs + 23 * hour }
    : { startMs: dayMs + 8.5 * hour, endMs: dayMs + 17.5 * hour };
}

function agentId(index: number): string {
  return `A${String(index + 1).padStart(3, '0')}`;
}

function teamName(index: number, teams: number): string {
  if (index === teams - 1) return '技术支持组';
  return index < teamNames.length - 1 ? (teamNames[index] as string) : `${shopOfTeam(index).slice(2, 4)}${index + 1}组`;
}

function tierFor(standing: number): Agent['tier'] {
  if (standing < 0.4) return 'junior';
  return standing < 1.5 ? 'mid' : 'senior';
}

/** One value per equal slice of the normal curve, shuffled: every seed has its strong and its weak people. */
function spreadSkills(random: Random, count: number): number[] {
  return random.shuffled(Array.from({ length: count }, (_, k) => normalQuantile((k + 0.5) / count)));
}

/** Tukey's lambda approximation; within 0.02 of the normal curve between the 1st and the 99th hundredth. */
function normalQuantile(p: number): number {
  return (p ** 0.1349 - (1 - p) ** 0.1349) / 0.1975;
}

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
];
const given = [
  ...'静敏丽娟艳涛磊洋勇军杰娜燕霞刚峰婷雪琳莹佳欣怡晨阳宇航子涵梓萱雨桐思源嘉豪文博俊熙诗琪若曦明哲海波晓彤玉兰志强建华春梅国栋小雅',
];

function newName(random: Random, taken: Set<string>): string {
  for (let attempt = 0; ; attempt++) {
    const name = random.pick(surnames) + random.pick(given) + (random.chance(0.7) ? random.pick(given) : '');
    if (taken.has(name) && attempt < 50) continue;
    taken.add(name);
    return name;
  }
}

export function surname(random: Random): string {
  return random.pick(surnames);
}
