import { afterAll, beforeAll, expect, test } from 'vitest';
import { holding } from './advisoryLock.ts';
import { startTestStores, type TestStores } from './testing.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await startTestStores();
});
afterAll(() => stores?.close());

test.each(['wait', 'share'] as const)(
  'however many %s for a lock, whoever holds it still gets connections, and all have their turn, also after one that failed',
  async (way) => {
    const { postgres } = stores;
    const done: number[] = [];
    const waiting = await holding(postgres, 'inspectionFacts', 'wait', async () => {
      const waiters = Array.from({ length: 30 }, (_, n) =>
        holding(postgres, 'inspectionFacts', way, async () => {
          done.push(n);
          if (n === 3) throw new Error('failed');
        }),
      );
      const ended = Promise.allSettled(waiters);
      await new Promise((soon) => setTimeout(soon, 200));
      const asked = await Promise.race([
        Promise.all([1, 2].map(() => postgres.query('SELECT 1'))).then(() => 'answered'),
        new Promise((late) => setTimeout(late, 5000, 'no connection left')),
      ]);
      expect([asked, done]).toEqual(['answered', []]);
      return { ended };
    });
    const ended = await waiting.ended;
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(done).toEqual(Array.from({ length: 30 }, (_, n) => n));
  },
);
