import { createRoute, z } from '@hono/zod-openapi';
import { type Deps, type HengApp, outline } from '../platform/http.ts';
import {
  eraseEmployeeSchema,
  eraseSchema,
  erasurePageSchema,
  foundEmployeeSchema,
  foundSchema,
  retentionPreviewSchema,
  retentionSchema,
} from './schemas.ts';
import { eraseCustomer, lookAtCustomer } from './verbs/eraseCustomer.ts';
import { eraseEmployee, lookAtEmployee } from './verbs/eraseEmployee.ts';
import { previewRetention, saveRetention, showErasures } from './verbs/retention.ts';

const tags = ['erasure'];
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

const begun = {
  description: 'It has begun; the list tells when it is off the disk',
  ...json(z.object({ id: z.string() })),
};

/** What is erased on request and by policy. */
export function erasureRoutes(app: HengApp, deps: Deps): void {
  /** It is written down: the next night or start goes on where this ends. */
  const goesOn = (done: Promise<unknown>) =>
    done.catch((cause: unknown) => deps.log.error(outline(cause), 'an erasure is not finished'));
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/erasures', tags },
      responses: { 200: { description: 'How long texts are kept, and what was erased', ...json(erasurePageSchema) } },
    }),
    async (c) => c.json(await showErasures(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/erasures/look', tags },
      request: { body: { required: true, ...json(eraseSchema.pick({ customerId: true })) } },
      responses: { 200: { description: 'What there is of a customer', ...json(foundSchema) } },
    }),
    async (c) => c.json(await lookAtCustomer(deps, c.var.actor, c.req.valid('json').customerId), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/erasures', tags },
      request: { body: { required: true, ...json(eraseSchema) } },
      responses: {
        202: begun,
      },
    }),
    async (c) => {
      const { id, done } = await eraseCustomer(deps, c.var.actor, c.req.valid('json'));
      goesOn(done);
      return c.json({ id }, 202);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/erasures/employees/look', tags },
      request: { body: { required: true, ...json(eraseEmployeeSchema.pick({ employee: true })) } },
      responses: {
        200: {
          description: 'What there is of an employee, and what has to be settled first',
          ...json(foundEmployeeSchema),
        },
      },
    }),
    async (c) => c.json(await lookAtEmployee(deps, c.var.actor, c.req.valid('json').employee), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'post', path: '/api/erasures/employees', tags },
      request: { body: { required: true, ...json(eraseEmployeeSchema) } },
      responses: { 202: begun },
    }),
    async (c) => {
      const { id, done } = await eraseEmployee(deps, c.var.actor, c.req.valid('json'));
      goesOn(done);
      return c.json({ id }, 202);
    },
  );
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/retention/preview', tags },
      request: { query: z.object({ months: z.coerce.number().int().min(1).max(600) }) },
      responses: { 200: { description: 'What would go tonight', ...json(retentionPreviewSchema) } },
    }),
    async (c) => c.json(await previewRetention(deps, c.var.actor, c.req.valid('query').months), 200),
  );
  app.openapi(
    createRoute({
      ...{ method: 'put', path: '/api/retention', tags },
      request: { body: { required: true, ...json(retentionSchema) } },
      responses: { 204: { description: 'The next night goes by it' } },
    }),
    async (c) => {
      await saveRetention(deps, c.var.actor, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
