import { describe, expect, it } from 'vitest';
import { factNames, factParts } from '../../metrics/factParts.ts';
import { checkOwnMetric } from '../../metrics/ownMetricIssues.ts';
import {
  type Draft,
  draftOf,
  emptyDraft,
  newFilter,
  operatorsOf,
  placesOf,
  specOf,
  summable,
  withFact,
} from './composeView.ts';

const named: Draft = { ...emptyDraft, id: 'own_x', zh: '甲', en: 'A' };
const accepted = (draft: Draft) => checkOwnMetric(specOf(draft)).issues.map(({ path, code }) => `${path} ${code}`);

describe('composing a metric', () => {
  const every = factNames.flatMap((fact) => Object.keys(factParts(fact).columns).map((column) => ({ fact, column })));
  it.each(every)('every comparison offered for $fact.$column is one the format takes', ({ fact, column }) => {
    const found = factParts(fact).columns[column];
    if (!found) throw new Error('no such column');
    for (const op of operatorsOf(found)) {
      const isText = found.type === 'text' || found.type === 'choice' || found.type === 'flag';
      const value = found.type === 'text' ? '甲' : isText ? newFilter(fact, column, 0).value : '1.0';
      const filter = { ...newFilter(fact, column, 0), op, value, to: '2', values: [value] };
      expect([op, ...accepted({ ...withFact(named, fact), where: [filter] })]).toEqual([op]);
    }
  });

  it.each(factNames)('a new metric over %s is right at once, with the fact’s first choices', (fact) => {
    expect(accepted(withFact(named, fact))).toEqual([]);
    const [column = ''] = summable(fact);
    if (column !== '') {
      const unit = factParts(fact).columns[column]?.type === 'duration' ? 'hours' : 'points';
      expect(accepted({ ...withFact(named, fact), unit, numerator: { of: 'sum', column, where: [] } })).toEqual([]);
    }
  });

  it('what is kept comes back into the form as it was', () => {
    const draft: Draft = {
      ...named,
      ...{
        fact: 'outcomes',
        credited: 'O',
        counted: 'window',
        windowHours: '48',
        meaningZh: '意思',
        meaningEn: 'meaning',
      },
      where: [{ ...newFilter('outcomes', 'channel', 0), op: 'in', values: ['微信', '网页'] }],
      numerator: {
        of: 'rows',
        column: '',
        where: [{ ...newFilter('outcomes', 'next_contact', 1), op: 'between', value: '0.5', to: '3600' }],
      },
    };
    expect(accepted(draft)).toEqual([]);
    expect(draftOf(JSON.stringify(specOf(draft)))).toEqual(draft);
    expect(draftOf('{"fact":"__proto__"}')).toBe(null);
  });

  it('the path of an issue comes apart into its steps', () => {
    expect(placesOf('numerator.where[0].value')).toEqual(['numerator', 'where', 0, 'value']);
    expect(placesOf('')).toEqual([]);
  });

  it('a number that is none is told by the server with its place, never made into one', () => {
    expect(accepted({ ...named, minN: '3O', where: [{ ...newFilter('sessions', 'length', 0), value: '' }] })).toEqual([
      'minN shape.type',
      'where[0].value shape.type',
    ]);
  });
});
