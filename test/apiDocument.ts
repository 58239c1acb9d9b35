import { z } from 'zod';

const schema = z.record(z.string(), z.unknown());
/** What a test that walks the API reads of its OpenAPI document. */
export const documentSchema = z.object({
  components: z.object({ schemas: schema }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z
          .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema }))
          .default([]),
        requestBody: z.object({ content: z.record(z.string(), z.object({ schema: schema.optional() })) }).optional(),
      }),
    ),
  ),
});
