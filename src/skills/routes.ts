import { createRoute, z } from '@hono/zod-openapi';
import type { Deps, HengApp } from '../platform/http.ts';
import {
  decideLevelSchema,
  giveLevelSchema,
  personSkillsSchema,
  savedSchema,
  saveJobSchema,
  saveSkillSchema,
  setJobSchema,
  skillMatrixSchema,
  skillProposalsSchema,
} from './schemas.ts';
import { decideLevel, giveLevel } from './verbs/giveLevel.ts';
import { listProposals, readMatrix, readPerson } from './verbs/readMatrix.ts';
import { saveJob, saveSkill } from './verbs/saveCatalogue.ts';
import { setJob } from './verbs/setJob.ts';

const tags = ['skills'];
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});
const done = (description: string) => ({ 204: { description } });
const params = z.object({ agentId: z.string().min(1).max(200) });

/** Skills, jobs, and who can do what. */
export function skillRoutes(app: HengApp, deps: Deps): void {
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/skills', tags },
      responses: json('The skill matrix of those in reach', skillMatrixSchema),
    }),
    async (c) => c.json(await readMatrix(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/skills/people/{agentId}', tags, request: { params } },
      responses: json('One person’s levels, what they rest on, gaps and proposals', personSkillsSchema),
    }),
    async (c) => c.json(await readPerson(deps, c.var.actor, c.req.valid('param').agentId), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/skill-proposals', tags },
      responses: json('Levels that facts propose for those in reach', skillProposalsSchema),
    }),
    async (c) => c.json(await listProposals(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/skills/people/{agentId}/levels', tags },
      request: { params, ...body(giveLevelSchema) },
      responses: done('A level was given, or taken back'),
    }),
    async (c) => {
      await giveLevel(deps, c.var.actor, c.req.valid('param').agentId, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/skills/people/{agentId}/decisions', tags },
      request: { params, ...body(decideLevelSchema) },
      responses: done('A proposed level was taken over or declined'),
    }),
    async (c) => {
      await decideLevel(deps, c.var.actor, c.req.valid('param').agentId, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/skills/people/{agentId}/job', tags },
      request: { params, ...body(setJobSchema) },
      responses: done('Whose job it is from now on'),
    }),
    async (c) => {
      await setJob(deps, c.var.actor, c.req.valid('param').agentId, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/skills', tags, request: body(saveSkillSchema) },
      responses: json('A skill was added or edited', savedSchema),
    }),
    async (c) => c.json(await saveSkill(deps, c.var.actor, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/jobs', tags, request: body(saveJobSchema) },
      responses: json('A job was added or edited', savedSchema),
    }),
    async (c) => c.json(await saveJob(deps, c.var.actor, c.req.valid('json')), 200),
  );
}
