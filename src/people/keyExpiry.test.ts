import { expect, test } from 'vitest';
import { keyEnd, keyStanding } from './keyExpiry.ts';

const now = Date.parse('2026-10-01T00:00:00Z');

test.each([
  [null, 'endless'],
  ['2026-10-15T00:00:01Z', 'lasting'],
  ['2026-10-15T00:00:00Z', 'soon'],
  ['2026-10-01T00:00:01Z', 'soon'],
  ['2026-10-01T00:00:00Z', 'expired'],
  ['2026-09-01T00:00:00Z', 'expired'],
] as const)('a key that ends at %s is %s', (expiresAt, standing) => expect(keyStanding(expiresAt, now)).toBe(standing));

test('a key of a day ends a day from now', () => expect(keyEnd(1, now)).toBe('2026-10-02T00:00:00.000Z'));
