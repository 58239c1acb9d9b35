import { expect, test } from 'vitest';
import { upheldBy } from './statistics.ts';

test('an appeal counts for every rule and judge of what it was about, once each, as upheld where one of theirs was; two judges of one name stay two', () => {
  const li = (userId: string, upheld: boolean) => ({ userId, name: '李明', upheld });
  const [wrong, stood] = [true, false].map((upheld) => (id: string) => ({ id, upheld }));
  if (!wrong || !stood) throw new Error('two');
  const { rules, judges, items } = upheldBy([
    {
      upheld: true,
      rules: [wrong('rude'), stood('rude'), stood('slow')],
      judges: [li('m1', true), li('m1', false)],
      items: ['language'],
    },
    { upheld: false, rules: [stood('rude')], judges: [li('m2', false)], items: ['language'] },
    { upheld: false, rules: [], judges: [], items: ['csat'] },
  ]);
  const told = (shares: readonly { id: string; upheld: number; decided: number }[]) =>
    shares.map(({ id, upheld, decided }) => [id, upheld, decided]).sort();
  expect(told(rules)).toEqual([
    ['rude', 1, 2],
    ['slow', 0, 1],
  ]);
  expect(told(judges)).toEqual([
    ['m1', 1, 1],
    ['m2', 0, 1],
  ]);
  expect(judges.map(({ name }) => name)).toEqual(['李明', '李明']);
  expect(told(items)).toEqual([
    ['csat', 0, 1],
    ['language', 1, 2],
  ]);
});
