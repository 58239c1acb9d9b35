import { z } from 'zod';
import { ruleSchema } from './ruleSchema.ts';

/** The published JSON Schema of rules (rules/rule.schema.json), for the form, for editors and other programs. */
export function ruleJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(ruleSchema, {
    io: 'input',
    // Whoever lists 12315 means what customers write: it is read as its text.
    override: ({ jsonSchema }) => {
      if (jsonSchema.id === 'phrase') {
        delete jsonSchema.anyOf;
        Object.assign(jsonSchema, { type: ['string', 'number'] });
      } else if (typeof jsonSchema.$ref === 'string') delete jsonSchema.type;
    },
  });
}
