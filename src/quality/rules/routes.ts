import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../../platform/http.ts';
import { ruleJsonSchema } from './ruleJsonSchema.ts';
import { idSchema } from './ruleSchema.ts';
import {
  decidedSchema,
  decideHitSchema,
  enginesSchema,
  hitListSchema,
  progressSchema,
  ruleListSchema,
  rulePageSchema,
  saveRuleSchema,
  saveWordsSchema,
  sessionInspectionSchema,
  trialSchema,
  tryRuleSchema,
  wordListPageSchema,
} from './schemas.ts';
import { decideHit, type EvidenceOfPlan } from './verbs/decideHit.ts';
import { listHits } from './verbs/listHits.ts';
import { listRules, showRule, showWordList } from './verbs/listRules.ts';
import { readEngines } from './verbs/readEngines.ts';
import { readProgress } from './verbs/readProgress.ts';
import { readSessionInspection } from './verbs/readSessionInspection.ts';
import { saveRule, saveWordList } from './verbs/saveRule.ts';
import { readTrial, startTrial } from './verbs/tryRule.ts';

const answers = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const id = z.object({ id: z.string().max(500) });

/** Rules over the text of conversations: the rules, what they hit, and what people decide about it. */
export function inspectionRoutes(app: HengApp, deps: Deps & { readonly evidenceOfPlan: EvidenceOfPlan }): void {
  ruleRoutes(app, deps);
  hitRoutes(app, deps);
}

function ruleRoutes(app: HengApp, deps: Deps): void {
  // Editors fetch it without signing in; it says how rules are written, not what is in them.
  const schema = ruleJsonSchema();
  app.get('/rule.schema.json', (c) => c.json(schema, 200, { 'cache-control': 'no-cache' }));
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/rules',
      responses: answers('All rules with precision, standing and share; word lists; progress', ruleListSchema),
    }),
    async (c) => c.json(await listRules(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/rules/{id}',
      request: { params: id },
      responses: answers('A rule, its text and its versions', rulePageSchema),
    }),
    async (c) => c.json(await showRule(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/rules/{id}',
      request: { params: z.object({ id: idSchema }), ...body(saveRuleSchema) },
      responses: { 204: { description: 'Saved as the next version; the inspection of all text follows' } },
    }),
    async (c) => {
      await saveRule(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/rule-trials',
      request: body(tryRuleSchema),
      responses: answers('A trial on history has begun', trialSchema),
    }),
    async (c) => c.json(await startTrial(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/rule-trials/{id}',
      request: { params: z.object({ id: z.uuid() }) },
      responses: answers('How the trial goes', trialSchema),
    }),
    async (c) => c.json(await readTrial(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/word-lists/{id}',
      request: { params: id },
      responses: answers('A word list as text, one word a line', wordListPageSchema),
    }),
    async (c) => c.json(await showWordList(deps, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/word-lists/{id}',
      request: { params: z.object({ id: idSchema }), ...body(saveWordsSchema) },
      responses: { 204: { description: 'Saved as the next version' } },
    }),
    async (c) => {
      await saveWordList(deps, c.var.actor, c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/inspection',
      responses: answers('How far the inspection of text is', progressSchema),
    }),
    async (c) => c.json(await readProgress(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/inspection/engines',
      request: { query: z.object({ period: z.string().max(40) }) },
      responses: answers('By which models a period was measured, and their known errors', enginesSchema),
    }),
    async (c) => c.json(await readEngines(deps, c.var.actor, c.req.valid('query')), 200),
  );
}

function hitRoutes(app: HengApp, deps: Deps & { readonly evidenceOfPlan: EvidenceOfPlan }): void {
  const asked = z.object({
    rule: z.string().max(60).optional(),
    decided: z.enum(['true', 'false']).optional(),
    cursor: z.string().max(1000).optional(),
  });
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/hits',
      request: { query: asked },
      responses: answers(
        'Hits, newest first: those not decided about, or those that are; `rule`: an id, `*` all, `!` those that alert',
        hitListSchema,
      ),
    }),
    async (c) => {
      const { rule, decided, cursor } = c.req.valid('query');
      return c.json(await listHits(deps, c.var.actor, { rule, cursor, decided: decided === 'true' }), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/hits/decisions',
      request: body(decideHitSchema),
      responses: answers('What holds of the hit now', decidedSchema),
    }),
    async (c) => c.json(await decideHit(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/sessions/{id}/inspection',
      request: { params: id },
      responses: answers('Marks, feelings, timeline and similar cases of a conversation', sessionInspectionSchema),
    }),
    async (c) => c.json(await readSessionInspection(deps, c.var.actor, c.req.valid('param').id), 200),
  );
}
