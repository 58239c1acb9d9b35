import { createRoute, z } from '@hono/zod-openapi';
import type { HengApp } from '../../platform/http.ts';
import type { CardFile } from '../../scores/cardFiles.ts';
import type { ExportDeps } from './exportDeps.ts';
import { sheetNames } from './sheetNames.ts';
import { exportCycle } from './verbs/exportCycle.ts';

const params = z.object({ period: z.string().max(40).meta({ example: '2026-10' }) });
const language = z.enum(['zh', 'en']).default('zh');

/** A closed period as files to take away. */
export function exportRoutes(app: HengApp, deps: ExportDeps): void {
  for (const format of ['xlsx', 'json'] as const) {
    app.openapi(
      createRoute({
        ...{ method: 'get', path: `/api/cycles/{period}/export.${format}`, tags: ['cycles'] },
        request: { params, query: z.object({ language }) },
        responses: { 200: { description: `A closed period, every sheet of it, as ${format.toUpperCase()}` } },
      }),
      async (c) => {
        const input = { ...c.req.valid('param'), ...c.req.valid('query'), format };
        const file = await exportCycle(deps, c.var.actor, input);
        return c.body(file.body, 200, headersOf(file));
      },
    );
  }
  app.openapi(
    createRoute({
      ...{ method: 'get', path: '/api/cycles/{period}/export.csv', tags: ['cycles'] },
      request: { params, query: z.object({ language, sheet: z.enum(sheetNames).default('people') }) },
      responses: { 200: { description: 'One sheet of a closed period as CSV' } },
    }),
    async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('query'), format: 'csv' as const };
      const file = await exportCycle(deps, c.var.actor, input);
      return c.body(file.body, 200, headersOf(file));
    },
  );
}

const headersOf = ({ type, name }: CardFile) => ({
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${name}"`,
});
