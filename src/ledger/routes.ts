import { createRoute, z } from '@hono/zod-openapi';
import type { HengApp } from '../platform/http.ts';
import type { LedgerDeps } from './keepLedger.ts';
import {
  checkpointListSchema,
  consistencyQuerySchema,
  consistencySchema,
  cosignatureSchema,
  cosignedSchema,
  entryListSchema,
  entryQuerySchema,
  ledgerPageSchema,
  witnessSchema,
} from './schemas.ts';
import { tileRoutes } from './tileRoutes.ts';
import { addWitness, cosign } from './verbs/cosign.ts';
import { listEntries } from './verbs/listEntries.ts';
import { readCheckpoints, readConsistency } from './verbs/readCheckpoints.ts';
import { readReceipt } from './verbs/readReceipt.ts';
import { showLedger } from './verbs/showLedger.ts';

const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { content: { 'application/json': { schema } }, required: true },
});

/** The ledger's page, receipts and witnesses; and, for everybody and without sign-in, the log in the open format. */
export function ledgerRoutes(app: HengApp, deps: LedgerDeps & Parameters<typeof addWitness>[0]): void {
  app.openapi(
    createRoute({ method: 'get', path: '/api/ledger', responses: answer('How the ledger stands', ledgerPageSchema) }),
    async (c) => c.json(await showLedger(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/ledger/entries',
      request: { query: entryQuerySchema },
      responses: answer('Entries within the reader’s scope, newest first', entryListSchema),
    }),
    async (c) => c.json(await listEntries(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/ledger/receipts/{entry}',
      request: { params: z.object({ entry: z.string().regex(/^(\d{1,15}|[0-9a-f]{64})$/) }) },
      responses: {
        200: {
          description: 'The receipt of an entry, named by its number or its hash: a C2SP tlog-proof',
          content: { 'text/plain': { schema: z.string() } },
        },
      },
    }),
    async (c) => {
      const { entry } = c.req.valid('param');
      c.header('Content-Disposition', `attachment; filename="heng-${entry.slice(0, 16)}.tlog-proof"`);
      return c.text(await readReceipt(deps, c.var.actor, entry), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/ledger/checkpoints',
      responses: answer('What was signed, newest first', checkpointListSchema),
    }),
    async (c) => c.json(await readCheckpoints(deps, c.var.actor), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/ledger/consistency',
      request: { query: consistencyQuerySchema },
      responses: answer('The proof that the later tree begins with the earlier one', consistencySchema),
    }),
    async (c) => c.json(await readConsistency(deps, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/ledger/witnesses',
      request: body(witnessSchema),
      responses: { 204: { description: 'Cosignatures of this witness are taken from now on' } },
    }),
    async (c) => {
      await addWitness(deps, c.var.actor, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/ledger/cosignatures',
      request: body(cosignatureSchema),
      responses: answer('Whose cosignatures were taken', cosignedSchema),
    }),
    async (c) => c.json({ taken: await cosign(deps, c.var.actor, c.req.valid('json')) }, 200),
  );
  tileRoutes(app, deps.stores.postgres);
}
