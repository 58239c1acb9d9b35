import { expect, test } from 'vitest';
import { yuanOf } from './yuanOf.ts';

test('fen are yuan to the fen: below one yuan, below nothing, and more than a float could hold', () => {
  const fen = ['0', '5', '-5', '50', '-50', '-105', '720001', '-900719925474099312'];
  expect(fen.map(yuanOf)).toEqual([
    ...['0.00', '0.05', '-0.05', '0.50', '-0.50', '-1.05', '7200.01', '-9007199254740993.12'],
  ]);
});
