import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Invalid } from '../platform/errors.ts';
import { packageRoot } from '../platform/root.ts';
import { nearlyColumns } from './mapping.ts';
import type { MappingIssue } from './mappingIssues.ts';
import { readMapping } from './readMapping.ts';

function issuesOf(text: string): readonly MappingIssue[] {
  try {
    readMapping(text);
    return [];
  } catch (cause) {
    if (cause instanceof Invalid) return cause.issues as readonly MappingIssue[];
    throw cause;
  }
}
const found = (text: string) => issuesOf(text).map(({ path, code }) => `${path} ${code}`);

test('a word that means nothing is an issue wherever it is written', () => {
  const text = `
kind: tickets
columnz: {}
columns: { ticket_id: { from: id, fromat: y } }
filter: [{ column: shop, notin: [x] }, { column: shop }]
fold: { key: id, at: { from: at, zone: UTC }, state: { from: s, vals: {} }, handlers: h }
`;
  expect(found(text)).toEqual([
    'columns.ticket_id.fromat shape.unknownKey',
    'filter[0].notin shape.unknownKey',
    'fold.at.zone shape.unknownKey',
    'fold.state.vals shape.unknownKey',
    'fold.handlers shape.unknownKey',
    'columnz shape.unknownKey',
  ]);
});

test('every issue has its place and words in both languages, none of them a code', () => {
  const texts = [
    'kind: message',
    'kind: messages\ncolumns: { at: 5, text: { format: y }, seq: null }\nnulls: 3',
    'kind: messages\ncolumns: { at: { from: a, format: q, timeZone: Mars } }\nconstants: { at: x }\ntimeZone: Mars\nfilter: [{ column: x }]',
    'kind: messages\ncolumns: { nps: { from: a, scale: 1-5 }, at: { from: "", scale: 0-10 } }',
    'kind: messages\ncolumns: { nps: { from: a, scale: 1-5 }, at: { from: b, scale: 0-10 } }',
    'kind: messages\ncolumns: []\nfold: { key: a, at: b, state: { from: c, values: { New: opened } } }',
    'kind: messages\ncolumns: {}\nfold: { key: a, at: b, state: { from: c, values: { New: opened } } }',
    `kind: messages\nsheet: ${'x'.repeat(101)}\ncolumns: {}`,
  ];
  expect(texts.map(found)).toEqual([
    ['kind shape.choice', 'columns shape.missing'],
    ['nulls shape.type', 'columns.at shape.other', 'columns.text.from shape.missing', 'columns.seq shape.other'],
    [
      'timeZone unknownTimeZone',
      'columns.at.timeZone unknownTimeZone',
      'columns.at.format unknownFormat',
      'constants.at twice',
      'filter[0] noCondition',
    ],
    ['columns.at.from shape.tooShort'],
    ['columns.nps.scale npsScale', 'columns.at.scale npsOnly'],
    ['columns shape.type'],
    ['fold ticketsOnly', 'fold.state.values openOrClosed'],
    ['sheet shape.tooLong'],
  ]);
  for (const { code, message } of texts.flatMap((text) => issuesOf(text))) {
    expect(message.zh, code).toMatch(/[\u4e00-\u9fff]/);
    expect(message.en, code).toMatch(/^[A-Z][^{}]+$/);
  }
});

test('a target that is nearly a column is told, an attribute of its own name is not', () => {
  const mapping = readMapping(
    'kind: messages\ncolumns: { custmer_id: 买家, 颜色: 颜色, no: 编号, text: 内容 }\nconstants: { aut: "true" }',
  );
  expect(nearlyColumns(mapping)).toEqual([
    { target: 'custmer_id', near: 'customer_id' },
    { target: 'aut', near: 'auto' },
  ]);
  const folder = join(packageRoot, 'docs/mappings');
  for (const name of readdirSync(folder))
    expect(nearlyColumns(readMapping(readFileSync(join(folder, name), 'utf8'))), name).toEqual([]);
});
