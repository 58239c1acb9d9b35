import { Document, isMap, isScalar, isSeq, parseDocument, Scalar, visit } from 'yaml';
import type { Plan } from './planSchema.ts';
import { readPlan } from './planText.ts';

/** First line of a plan file: where editors find the format, for completion and checks. */
const schemaLine = '# yaml-language-server: $schema=/plan.schema.json\n';

/** How plans are written: no folded lines, so that a change of one field stays a change of one line. */
export const yamlStyle = { lineWidth: 0, flowCollectionPadding: true } as const;

/** A plan as YAML that reads back as the same plan. */
export function writePlan(plan: Plan): string {
  const document = new Document(plan);
  // Amounts are held as text; those that are plain numbers are written as one would type them.
  visit(document, {
    Scalar(key, node) {
      if (key === 'value' || key === null || typeof key === 'number') plainNumber(node);
    },
  });
  return schemaLine + document.toString(yamlStyle);
}

function plainNumber(node: Scalar): void {
  if (typeof node.value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(node.value)) {
    const number = Number(node.value);
    if (String(number) === node.value) node.value = number;
  }
}

/** The text of a plan under another id and name; all else, comments included, as it was. */
export function renamePlan(text: string, { id, name }: { readonly id: string; readonly name: string }): string {
  const document = parseDocument(text);
  document.set('id', id);
  document.set('name', document.createNode({ zh: name, en: name }, { flow: true }));
  return document.toString(yamlStyle);
}

/**
 * The text of a plan with these inputs given, written into it so that not even its layout changes: over the value that is there, or
 * behind the limits, which every input has. An input that the plan does not have is left out.
 */
export function fillInputs(text: string, values: Readonly<Record<string, string>>): string {
  const inputs = parseDocument(text).get('inputs');
  const edits = (isSeq(inputs) ? inputs.items : []).flatMap((input): { from: number; to: number; put: string }[] => {
    if (!isMap(input)) return [];
    const id = String(input.get('id'));
    const value = Object.hasOwn(values, id) ? values[id] : undefined;
    if (value === undefined) return [];
    const amount = new Scalar<unknown>(value);
    plainNumber(amount);
    const put = JSON.stringify(amount.value);
    const [from, to] = placeOf(input.get('value', true));
    if (to > from) return [{ from, to, put }];
    const [, limit] = placeOf(input.get('max', true));
    if (input.flow) return [{ from: limit, to: limit, put: `, "value": ${put}` }];
    const [first] = input.items;
    const [begins] = placeOf(first?.key);
    const indent = ' '.repeat(begins - (text.lastIndexOf('\n', begins) + 1));
    const line = text.indexOf('\n', limit);
    const end = line < 0 ? text.length : line;
    return [{ from: end, to: end, put: `\n${indent}value: ${put}` }];
  });
  return edits.reduceRight((whole, { from, to, put }) => whole.slice(0, from) + put + whole.slice(to), text);
}

const placeOf = (node: unknown): readonly [from: number, to: number] => {
  const [from, to] = (isScalar(node) ? node.range : null) ?? [0, 0];
  return [from, to];
};

/** The id and the name a text gives its plan, as far as it can be read. */
export function whoseText(text: string): { id: string | null; name: Plan['name'] | null } {
  const { plan } = readPlan(text);
  if (plan) return { id: plan.id, name: plan.name };
  try {
    const id = parseDocument(text).get('id', true);
    const value = isScalar(id) ? id.value : null;
    return { id: typeof value === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(value) ? value : null, name: null };
  } catch {
    return { id: null, name: null };
  }
}
