import { expect, test } from 'vitest';
import { planJsonSchema } from '../../scores/planJsonSchema.ts';
import { planSchema } from '../../scores/planSchema.ts';
import { describedIn, freeId, resolve, type Schema, shapeOf, skeleton, variantOf } from './schemaShape.ts';

const root = JSON.parse(JSON.stringify(planJsonSchema())) as Schema;
const field = (...path: string[]): Schema =>
  path.reduce<Schema>((at, name) => {
    const schema = resolve(at, root);
    return (name === '*' ? schema.items : schema.properties?.[name]) ?? {};
  }, root);

test('every part of the plan format can be edited by its shape', () => {
  const seen = new Set<string>();
  const visit = (schema: Schema, path: string, depth = 0): void => {
    const shape = shapeOf(schema, root);
    seen.add(shape.kind);
    if (depth > 12) throw new Error(`${path} does not end`);
    if (shape.kind === 'record') for (const each of shape.fields) visit(each.schema, `${path}.${each.name}`, depth + 1);
    if (shape.kind === 'list' || shape.kind === 'map') visit(shape.of, `${path}[]`, depth + 1);
    if (shape.kind === 'variants') {
      const names = shape.variants.map(({ name }) => name);
      expect([path, new Set(names).size]).toEqual([path, names.length]);
      for (const each of shape.variants) visit(each.schema, `${path}(${each.name})`, depth + 1);
    }
  };
  visit(root, '');
  expect([...seen]).toEqual(
    expect.arrayContaining(['text', 'amount', 'string', 'choice', 'record', 'list', 'variants']),
  );
});

test('a curve is told by its word, a target by its field or as a number', () => {
  const curve = shapeOf(field('blocks', '*', 'items', '*', 'attainment'), root);
  const target = shapeOf(field('blocks', '*', 'items', '*', 'target'), root);
  if (curve.kind !== 'variants' || target.kind !== 'variants') throw new Error('both are unions');
  expect(curve.variants.map(({ name }) => name)).toEqual(expect.arrayContaining(['ratio', 'range', 'linear', 'step']));
  expect(variantOf({ curve: 'range', pass: '90' }, curve.variants)?.name).toBe('range');
  expect(variantOf({ byLoad: {} }, target.variants)?.name).toBe('byLoad');
  expect(variantOf('85', target.variants)?.name).toBe('amount');
  expect(variantOf({ oops: '1' }, target.variants)).toBe(null);
});

test('a new item has every field that is needed and no other', () => {
  expect(skeleton(field('blocks', '*', 'items', '*'), root)).toEqual({
    ...{ id: '', name: { zh: '', en: '' }, metric: '', target: '0' },
  });
  expect(Object.keys(planSchema.shape)).toEqual(Object.keys(root.properties ?? {}));
});

test('a description is shown in the reader’s language alone', () => {
  expect(describedIn({ description: '目标 · The target' }, 'zh')).toBe('目标');
  expect(describedIn({ description: '目标 · The target' }, 'en')).toBe('The target');
  expect(describedIn({ description: 'Only English' }, 'zh')).toBe('');
});

test('a new id is one that the list does not have', () => {
  expect(freeId('item', [{ id: 'item2' }])).toBe('item3');
  expect(freeId('item', [])).toBe('item1');
});
