import { z } from 'zod';
import { rubricSchema } from './rubricSchema.ts';

/** The published JSON Schema of rubrics (rubrics/rubric.schema.json), for editors and other programs. */
export function rubricJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(rubricSchema, {
    io: 'input',
    // In a file points may be written as a number; they are read as their text.
    override: ({ jsonSchema }) => {
      if (jsonSchema.id === 'points') Object.assign(jsonSchema, { type: ['number', 'string'] });
      else if (typeof jsonSchema.$ref === 'string' && jsonSchema.$ref.endsWith('/points')) delete jsonSchema.type;
    },
  });
}
