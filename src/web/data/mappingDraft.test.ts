import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../ingest/mapping.ts';
import { beginFold, draftOf, mappingOf, missingColumns, samplesOf } from './mappingDraft.ts';

const mapping: Mapping = {
  kind: 'tickets',
  timeZone: 'Asia/Shanghai',
  nulls: ['?', 'NULL'],
  columns: {
    ticket_id: '工单号',
    customer_id: '来电号码',
    created_at: { from: '受理时间', format: 'd/M/yyyy HH:mm', nulls: ['-'] },
    kind: { from: '类别', values: { 投诉: 'complaint' }, otherwise: 'other' },
    district: '区县',
  },
  constants: { agent_id: 'desk' },
  filter: [{ column: '状态', notIn: ['作废'] }],
};

describe('a mapping on the page', () => {
  test('comes back as it was when nothing is changed, also what the page has no field for', () => {
    expect(mappingOf(draftOf('tickets', mapping, []))).toEqual(mapping);
  });

  test('of another kind is not forced upon this one', () => {
    expect(mappingOf(draftOf('ratings', mapping, ['score', '得分']))).toEqual({
      kind: 'ratings',
      columns: { score: 'score' },
    });
  });

  test('takes columns of the open format by their names, whatever their case', () => {
    const draft = draftOf('ratings', null, ['Session_ID', 'SCORE', 'at']);
    expect(mappingOf(draft).columns).toEqual({ session_id: 'Session_ID', score: 'SCORE', at: 'at' });
  });

  test('names what is required and still missing; a constant fills it', () => {
    expect(missingColumns(draftOf('tickets', mapping, []))).toEqual([]);
    const { constants: _, ...without } = mapping;
    expect(missingColumns(draftOf('tickets', without, []))).toEqual(['agent_id']);
  });

  test('of messages needs the session or the customer, and either is enough', () => {
    const missing = (...columns: string[]) => missingColumns(draftOf('messages', null, ['at', 'sender', ...columns]));
    expect(missing()).toEqual(['session_id / customer_id']);
    expect(missing('session_id')).toEqual([]);
    expect(missing('customer_id')).toEqual([]);
  });
});

test('a fold comes back as it was, and a new one sorts the states it sees', () => {
  const folded: Mapping = {
    kind: 'tickets',
    columns: { customer_id: 'caller', agent_id: 'resolver', created_at: 'opened' },
    fold: {
      key: 'number',
      at: { from: 'updated', format: 'd/M/yyyy HH:mm' },
      state: { from: 'state', values: { New: 'open', Closed: 'closed' } },
      reopens: 'reopen_count',
    },
  };
  expect(mappingOf(draftOf('tickets', folded, []))).toEqual(folded);
  expect(missingColumns(draftOf('tickets', folded, []))).toEqual([]);
  expect(beginFold('state', ['state'], [['New'], ['Resolved'], ['New']]).state.values).toBe(
    'New = open\nResolved = closed',
  );
});

test('examples are different values of that column', () => {
  const rows = [
    ['1', 'a'],
    ['2', 'a'],
    ['3', ''],
  ];
  expect(samplesOf('kind', ['id', 'kind'], rows)).toEqual(['a']);
  expect(samplesOf('none', ['id', 'kind'], rows)).toEqual([]);
});
