import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../../platform/http.ts';
import type { AssistantGiven } from './assistantStore.ts';
import {
  assistantPageSchema,
  changeAssistantSchema,
  measuredSchema,
  measureSchema,
  suggestionSchema,
} from './schemas.ts';
import { changeAssistant } from './verbs/changeAssistant.ts';
import { measureAssistant } from './verbs/measureAssistant.ts';
import { readAssistant } from './verbs/readAssistant.ts';
import { askSuggestion, readSuggestion } from './verbs/suggest.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const params = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** The language model: its settings, its agreement with people, and its suggestions. */
export function assistantRoutes(app: HengApp, deps: Deps, given: AssistantGiven): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/assistant',
      responses: json('Settings without the key, use, agreement with people', assistantPageSchema),
    }),
    async (c) => c.json(await readAssistant(deps, given, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/assistant',
      request: body(changeAssistantSchema),
      responses: { 204: { description: 'The settings hold from now on' } },
    }),
    async (c) => {
      await changeAssistant(deps, given, c.var.actor, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/assistant/measure',
      request: body(measureSchema),
      responses: json('Conversations that people scored were judged by the model as well', measuredSchema),
    }),
    async (c) => c.json(await measureAssistant(deps, given, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/inspections/{id}/suggestion',
      request: { params },
      responses: json('What an inspector may see of the suggestion', suggestionSchema),
    }),
    async (c) => c.json(await readSuggestion(deps, given, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/inspections/{id}/suggestion',
      request: { params },
      responses: json('The model was asked', suggestionSchema),
    }),
    async (c) => c.json(await askSuggestion(deps, given, c.var.actor, c.req.valid('param').id), 200),
  );
}
