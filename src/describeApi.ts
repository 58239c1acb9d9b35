import { z } from '@hono/zod-openapi';
import { openPaths } from './people/routes.ts';
import type { HengApp } from './platform/http.ts';

const bilingual = z.object({ zh: z.string(), en: z.string() });

/** The body of every answer that is no success. */
const failureSchema = z.object({
  error: z.object({
    code: z.string().describe('Stable; for programs'),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    issues: z
      .array(z.object({ path: z.string(), code: z.string() }))
      .optional()
      .describe('Every problem, each with its place'),
    message: bilingual,
  }),
});

/** The API's own description, OpenAPI 3.1: the documented routes, how to sign in, and what a failure looks like. */
export function describeApi(app: HengApp, version: string) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'heng.session_token',
    description: 'POST /api/auth/sign-in/email',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, heng_…, made by an administrator',
  });
  app.openAPIRegistry.register('Failure', failureSchema);
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Heng 衡', version },
    security: [{ session: [] }, { key: [] }],
  });
  const failure = {
    description: 'A failure; the status tells its class, the code what happened',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
  };
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      if (!operation) continue;
      operation.responses = { ...operation.responses, default: failure };
      if (openPaths.includes(path)) operation.security = [];
    }
  }
  return document;
}
