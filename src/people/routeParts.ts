import type { z } from '@hono/zod-openapi';

/** What the routes of people say of themselves. */
export const nothing = { 204: { description: 'Done' } } as const;

export function taking<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const;
}

export function giving<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { 200: { description, content: { 'application/json': { schema } } } } as const;
}
