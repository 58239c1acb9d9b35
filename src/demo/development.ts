import { type Agent, ability, isEmployed, type Span, scaled } from './company.ts';
import type { Emit } from './demoRow.ts';
import { dateOf, day, hour, instant, startOfDay } from './demoTime.ts';
import type { Random } from './random.ts';

const checklist = ['配件保修期', '旧件处理', '上门凭证', '收费公示'];

/**
 * What the other departments send every month: exams, 360 feedback, mentoring, what models counted in the talk and how well they were
 * found to count, the audit's checklist, calibrated scores, shared experience; and a few improvement plans at the beginning.
 */
export function recordDevelopment(random: Random, agents: readonly Agent[], span: Span, emit: Emit): void {
  for (let ms = span.firstMs; ms < span.endMs; ms = startOfDay(`${nextMonth(dateOf(ms).slice(0, 7))}-01`)) {
    const month = dateOf(ms).slice(0, 7);
    const present = agents.filter((agent) => isEmployed(agent, dateOf(ms)));
    for (const agent of present) {
      const z = ability(agent, ms, span);
      const give = (item: string, value: number, by: string) =>
        emit('assessments', { agent_id: agent.id, period: month, item, value: Math.round(Math.max(0, value)), by });
      const marked = (worst: number, typical: number, best: number, spread: number) =>
        Math.min(100, scaled(z, worst, typical, best) + random.normal() * spread);
      give('exam:平台规则', marked(55, 80, 98, 4), '第 1 次');
      if (random.chance(0.3)) give('exam:平台规则', marked(60, 84, 99, 4), '第 2 次');
      for (const colleague of random.shuffled([...present]).slice(0, 6))
        if (colleague !== agent) give('peer_360:同事', marked(60, 82, 96, 6), colleague.id);
      if (agent.tier === 'senior') give('mentoring_gain', marked(40, 65, 90, 8), '培训部');
      give('sentiment', marked(45, 66, 84, 3), '情感模型 v1');
      const words = random.int(8_000, 12_000);
      give('customer_words', words, '情感模型 v1');
      give('negative_words', (words * scaled(z, 5, 2.4, 1)) / 100, '情感模型 v1');
      for (const item of checklist) give(`audit:${item}`, random.chance(scaled(z, 0.8, 0.93, 0.99)) ? 1 : 0, '合规');
      give('calibrated:professionalism', marked(60, 84, 97, 2), '校准会');
      give('experience_shared', random.poisson(scaled(z, 0.3, 0.9, 2)), '知识库');
      give('banned_words_labelled', 20, '标注');
      give('banned_words_detected', 20 - (random.chance(0.06) ? 1 : 0), '标注');
      give('kb_searches_labelled', 20, '标注');
      give('kb_searches_correct', 20 - random.poisson(2), '标注');
    }
  }
  for (const agent of agents.filter(({ skill }) => skill < -1.5).slice(0, 6))
    emit('incidents', {
      incident_id: `PIP-${agent.id}`,
      agent_id: agent.id,
      at: instant(span.firstMs + 10 * hour),
      item: 'improvement_plan',
      severity: 'minor',
      status: 'confirmed',
      note: '绩效改进计划',
    });
}

/** An unhappy customer raises an alert as the talk ends; most are looked after within two hours. */
export function raiseAlert(random: Random, agent: Agent, sessionId: string, atMs: number, emit: Emit): void {
  const acted = random.chance(0.9) ? atMs + Math.round(random.exponential(0.8 * hour)) + 60_000 : undefined;
  emit('incidents', {
    incident_id: `ALERT-${sessionId}`,
    agent_id: agent.id,
    at: instant(atMs),
    item: 'alert:negative_words',
    severity: 'minor',
    session_id: sessionId,
    status: 'confirmed',
    note: '负面情绪预警',
    acted_at: acted === undefined || acted > atMs + 3 * day ? undefined : instant(acted),
  });
}

function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
