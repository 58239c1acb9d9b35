import { Refused } from './source.ts';

const columnsMax = 1000;

/**
 * The names of a file's columns. One without a name is called after its place, so that its values are not lost.
 * @throws Refused when a name stands twice; names count without case, as those of the open format do.
 */
export function headerNames(fields: readonly string[]): string[] {
  if (fields.length > columnsMax) throw new Refused('columnCount');
  const names = fields.map((field, index) => field.trim() || `column${index + 1}`);
  const plain = names.map((name) => name.toLowerCase());
  const twice = names.find((name, index) => plain.indexOf(name.toLowerCase()) !== index);
  if (twice !== undefined) throw new Refused('duplicateColumn', twice);
  return names;
}
