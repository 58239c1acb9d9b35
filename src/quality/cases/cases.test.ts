import { describe, expect, it } from 'vitest';
import { addExample } from '../rubrics/addExample.ts';
import { cutText } from './cutText.ts';
import { type CaseCandidate, proposeCases, reasonsOf } from './proposeCases.ts';
import { settledWeeks, weekOf } from './weeks.ts';

const talk = (sessionId: string, more: Partial<CaseCandidate> = {}): CaseCandidate => ({
  ...{ sessionId, agentId: `agent of ${sessionId}`, team: `team of ${sessionId}`, rating: 5, resolved: true },
  ...{ feelingStart: null, feelingEnd: null, turns: 3, startedMs: 1000, ...more },
});
const turned = { feelingStart: 2000, feelingEnd: 8000 };
const chosen = (...all: Parameters<typeof proposeCases>) =>
  proposeCases(...all).map((each) => each.candidate.sessionId);

describe('best cases', () => {
  it('what is unknown is no reason, and the ends of the ranges are in', () => {
    expect(reasonsOf(talk('a', { rating: null, resolved: false }))).toEqual([]);
    expect(reasonsOf(talk('a', { feelingStart: 4000, feelingEnd: 5000 }))).toEqual(['rating', 'turned', 'resolved']);
    expect(reasonsOf(talk('a', { feelingStart: 4001, feelingEnd: 9000, rating: 4 }))).toEqual(['resolved']);
    expect(reasonsOf(talk('a', { feelingStart: 1000, feelingEnd: 4999, rating: 4 }))).toEqual(['resolved']);
  });

  it('one reason alone is none; more reasons, then the greater turn, more turns, the earlier', () => {
    const all = [
      talk('settled only', { rating: null }),
      talk('later', { startedMs: 2000 }),
      talk('earlier'),
      talk('longer', { turns: 9, startedMs: 3000 }),
      talk('small turn', { rating: null, feelingStart: 4000, feelingEnd: 5000 }),
      talk('great turn', { rating: null, ...turned }),
      talk('all three', turned),
    ];
    const order = ['all three', 'great turn', 'small turn', 'longer', 'earlier', 'later'];
    expect(chosen(all)).toEqual(order);
    expect(chosen(all.toReversed())).toEqual(order);
  });

  it('a handful: so many a week, of a team and of a person, and those that stay are counted', () => {
    const all = [
      talk('1', { agentId: 'A', team: 'east', ...turned }),
      talk('2', { agentId: 'A', team: 'east' }),
      talk('3', { agentId: 'B', team: 'east' }),
      talk('4', { agentId: 'C', team: 'east' }),
      talk('5', { agentId: 'D', team: 'west' }),
      talk('6', { agentId: 'E', team: 'north' }),
    ];
    const limits = { week: 4, team: 2, agent: 1 };
    expect(chosen(all, [], limits)).toEqual(['1', '3', '5', '6']);
    const kept = [{ sessionId: '5', agentId: 'D', team: 'west' }];
    expect(chosen(all, kept, limits)).toEqual(['1', '3', '6']);
  });
});

describe('weeks', () => {
  it('begin on Mondays by the organisation’s clock; the latest one has been over for three days', () => {
    expect(weekOf('2026-10-12', 'Asia/Shanghai')).toEqual({
      ...{ monday: '2026-10-12', days: '2026-10-12..2026-10-18' },
      ...{ fromMs: Date.parse('2026-10-11T16:00:00Z'), toMs: Date.parse('2026-10-18T16:00:00Z') },
    });
    expect(['2026-10-13', '2026-13-01', 'monday', '2026-02-30'].map((day) => weekOf(day, 'UTC'))).toEqual(
      Array(4).fill(null),
    );
    const mondays = (at: string) => settledWeeks(Date.parse(at), 'Asia/Shanghai', 2).map(({ monday }) => monday);
    expect(mondays('2026-10-21T15:59:59Z')).toEqual(['2026-10-05', '2026-09-28']);
    expect(mondays('2026-10-21T16:00:00Z')).toEqual(['2026-10-12', '2026-10-05']);
  });
});

describe('a case cited in a rubric', () => {
  it('is cut between characters, never through one', () => {
    expect([cutText('好😀好', 2), cutText('好😀好', 3), cutText('好\0', 2)]).toEqual(['好', '好😀', '好']);
  });

  const rubric = `# kept
categories:
  - items:
      - id: warmth
        levels:
          - { id: good, points: 1.20 } # and this
          - id: poor
            examples:
              - { zh: "一", en: one }
`;
  it('becomes one more example of the level; comments and figures stay as they were', () => {
    const first = addExample(rubric, { item: 'warmth', level: 'poor' }, { zh: '二：# "', en: 'true' });
    expect(first.status === 'added' && first.text).toBe(
      rubric.replace('en: one }\n', 'en: one }\n              - { zh: "二：# \\"", en: "true" }\n'),
    );
    const best = addExample(rubric, { item: 'warmth', level: 'good' }, { zh: '好', en: 'good' });
    expect(best.status === 'added' && best.text).toContain('1.20, examples: [ { zh: "好", en: "good" } ] } # and this');
  });

  it('is refused where there is no such level, no YAML, or no room', () => {
    const add = (text: string, level = 'poor') => addExample(text, { item: 'warmth', level }, { zh: '二', en: 'two' });
    expect([add(rubric, 'best').status, add('a: [').status, add('').status]).toEqual(Array(3).fill('unknown'));
    const full = Array(4)
      .fill(0)
      .reduce((text: string) => {
        const added = add(text);
        return added.status === 'added' ? added.text : '';
      }, rubric) as string;
    expect(add(full).status).toBe('full');
  });
});
