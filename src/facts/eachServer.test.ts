import { expect, test } from 'vitest';
import { allEnded } from './eachServer.ts';

test('what failed on one server is thrown when the others have ended too', async () => {
  const ended: string[] = [];
  const slow = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => ended.push('slow'));
  const failed = Promise.reject(new Error('no such table'));
  await expect(allEnded([failed, slow])).rejects.toThrow('no such table');
  expect(ended).toEqual(['slow']);
});
