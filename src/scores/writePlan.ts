import { Document, isScalar, parseDocument, type Scalar, visit } from 'yaml';
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
