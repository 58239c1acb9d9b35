import { z } from 'zod';
import { planSchema } from './planSchema.ts';

/** The published JSON Schema of the plan format (plans/plan.schema.json), for editors and other programs. */
export function planJsonSchema(): z.core.JSONSchema.BaseSchema {
  const schema = z.toJSONSchema(planSchema, {
    io: 'input',
    // In a file a number may be written as one; it is read as its text, so that no digit is lost.
    override: ({ zodSchema, jsonSchema }) => {
      if (planSchema.shape.format === zodSchema)
        Object.assign(jsonSchema, { type: undefined, const: undefined, enum: [1, '1'] });
      if (jsonSchema.id === 'amount' || jsonSchema.id === 'optionValue')
        Object.assign(jsonSchema, { type: ['number', 'string'] });
    },
  });
  return referring(schema);
}

/** A described reference repeats the type of what it refers to, and would forbid numbers where the amount allows them. */
function referring<Node>(node: Node): Node {
  if (typeof node !== 'object' || node === null) return node;
  for (const each of Object.values(node)) referring(each);
  if ('$ref' in node && 'type' in node) delete node.type;
  return node;
}
