import { describe, expect, test } from 'vitest';
import type { Freshness, Import } from '../../ingest/schemas.ts';
import { alertsOf, shownBins } from './overviewView.ts';

const bins = (counts: Record<number, number>) =>
  Array.from({ length: 20 }, (_, place) => ({ from: place * 5, to: place * 5 + 5, count: counts[place * 5] ?? 0 }));

describe('the distribution', () => {
  test('shows where people are, with a margin, and leaves nobody out', () => {
    const shown = shownBins(bins({ 60: 2, 95: 1 }));
    expect([shown[0]?.from, shown.at(-1)?.to]).toEqual([55, 100]);
    expect(shown.reduce((sum, bin) => sum + bin.count, 0)).toBe(3);
  });

  test('stays readable where all are alike', () => {
    expect(shownBins(bins({ 85: 60 })).length).toBeGreaterThanOrEqual(8);
    expect(shownBins(bins({})).length).toBe(8);
  });
});

describe('alerts', () => {
  const now = Date.parse('2026-10-31T00:00:00Z');
  const kind = (name: Freshness['kinds'][number]['kind'], rows: number, newestAt: string | null) => ({
    kind: name,
    rows,
    newestAt,
    lastImportAt: null,
    lastImportId: null,
  });
  const run = (more: Partial<Import>): Import => ({
    id: 7,
    source: 'files',
    by: '',
    state: 'done',
    startedAt: '2026-10-30T00:00:00Z',
    finishedAt: null,
    bytesTotal: 0,
    bytesRead: 0,
    rowsRead: 0,
    agentsKnown: true,
    files: [
      {
        path: '/data/tickets.csv',
        kind: 'tickets',
        read: 9,
        accepted: 7,
        duplicates: 0,
        rejected: 2,
        orderDependent: 0,
        skipped: 0,
        endsOpen: false,
        refused: null,
      },
    ],
    rejected: 0,
    hasRejectsFile: false,
    error: null,
    ...more,
  });

  test('name rejected rows with their file, and data that stopped coming', () => {
    const found = alertsOf(
      { kinds: [kind('sessions', 10, '2026-10-20T00:00:00Z'), kind('tickets', 10, '2026-10-30T00:00:00Z')] },
      [run({ rejected: 2 })],
      now,
    );
    expect(found).toEqual([
      { kind: 'rejected', importId: 7, file: 'tickets.csv', count: 2 },
      { kind: 'stale', data: 'sessions', newestAt: '2026-10-20T00:00:00Z' },
    ]);
  });

  test('are silent about data a company may rightly not have', () => {
    expect(alertsOf({ kinds: [kind('orders', 0, null)] }, [], now)).toEqual([]);
    expect(alertsOf({ kinds: [kind('messages', 0, null)] }, [], now)).toEqual([{ kind: 'never', data: 'messages' }]);
  });
});
