import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createRoute, z } from '@hono/zod-openapi';
import { BadInput } from '../platform/errors.ts';
import type { HengApp } from '../platform/http.ts';
import type { Ingest } from './ingest.ts';
import { mappingSchema } from './mapping.ts';
import {
  freshnessSchema,
  importListSchema,
  importSchema,
  importStartedSchema,
  ingestAnswerSchema,
  kindSchema,
  mappingListSchema,
  previewSchema,
  savedMappingSchema,
  uploadSchema,
  uploadUseSchema,
} from './schemas.ts';
import { importUpload } from './verbs/importUpload.ts';
import { ingestRows } from './verbs/ingestRows.ts';
import { deleteMapping, listMappings, saveMapping } from './verbs/keepMappings.ts';
import { lookAtUpload } from './verbs/lookAtUpload.ts';
import { previewUpload } from './verbs/previewUpload.ts';
import { readFreshness } from './verbs/readFreshness.ts';
import { readImport, readImports } from './verbs/readImports.ts';
import { readRejects } from './verbs/readRejects.ts';
import { receiveUpload } from './verbs/receiveUpload.ts';

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { content: { 'application/json': { schema } }, description },
});
const importId = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
const uploadId = z.object({ id: z.string() });
const mappingName = z.object({ name: z.string().min(1).max(100) });

/** Everything that brings data in, and what became of it. */
export function ingestRoutes(app: HengApp, ingest: Ingest): void {
  const { deps } = ingest;
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/ingest/{kind}',
      description:
        'Rows of the open format: a JSON array, `{"rows": […]}`, or one JSON object per line (application/x-ndjson); gzip as Content-Encoding. Acknowledged when on disk; sending again changes nothing.',
      request: { params: z.object({ kind: kindSchema }) },
      responses: json(ingestAnswerSchema, 'What became of the rows'),
    }),
    async (c) => {
      const type = c.req.header('content-type') ?? '';
      const answer = await ingestRows(ingest, c.var.actor, {
        kind: c.req.valid('param').kind,
        body: bodyOf(c.req.raw),
        encoding: c.req.header('content-encoding'),
        isLines: /ndjson|jsonl|json-seq/i.test(type),
      });
      return c.json(answer, 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/uploads',
      description: 'The file is the body (application/octet-stream); its name only says what is in it.',
      request: { query: z.object({ name: z.string().min(1).max(255) }) },
      responses: json(uploadSchema, 'What is in the file'),
    }),
    async (c) => {
      const { name } = c.req.valid('query');
      return c.json(await receiveUpload(ingest, c.var.actor, { name, body: bodyOf(c.req.raw) }), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/uploads/{id}',
      request: { params: uploadId, query: z.object({ sheet: z.string().min(1).max(100).optional() }) },
      responses: json(uploadSchema, 'What is in the file; of a workbook in the sheet asked for, else in the first'),
    }),
    async (c) =>
      c.json(await lookAtUpload(ingest, c.var.actor, c.req.valid('param').id, c.req.valid('query').sheet), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/uploads/{id}/preview',
      request: { params: uploadId, body: { content: { 'application/json': { schema: uploadUseSchema } } } },
      responses: json(previewSchema, 'The first rows as they would land'),
    }),
    async (c) => c.json(await previewUpload(ingest, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/uploads/{id}/import',
      request: { params: uploadId, body: { content: { 'application/json': { schema: uploadUseSchema } } } },
      responses: {
        202: { content: { 'application/json': { schema: importStartedSchema } }, description: 'It has begun' },
      },
    }),
    async (c) => c.json(await importUpload(ingest, c.var.actor, c.req.valid('param').id, c.req.valid('json')), 202),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/imports',
      request: {
        query: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(50),
          before: z.coerce.number().int().positive().optional(),
        }),
      },
      responses: json(importListSchema, 'Newest first'),
    }),
    async (c) => c.json(await readImports(deps.stores, c.var.actor, c.req.valid('query')), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/imports/{id}',
      request: { params: importId },
      responses: json(importSchema, 'One import'),
    }),
    async (c) => c.json(await readImport(deps.stores, c.var.actor, c.req.valid('param').id), 200),
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/imports/{id}/rejects',
      request: { params: importId },
      responses: {
        200: { content: { 'text/csv': { schema: z.string() } }, description: 'To correct and import again' },
      },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const file = await readRejects(deps, c.var.actor, id);
      return new Response(Readable.toWeb(file) as globalThis.ReadableStream<Uint8Array>, {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="rejects-${id}.csv"`,
        },
      });
    },
  );
  app.openapi(
    createRoute({ method: 'get', path: '/api/mappings', responses: json(mappingListSchema, 'Saved mappings') }),
    async (c) => c.json({ mappings: await listMappings(deps, c.var.actor) }, 200),
  );
  app.openapi(
    createRoute({
      method: 'put',
      path: '/api/mappings/{name}',
      request: { params: mappingName, body: { content: { 'application/json': { schema: mappingSchema } } } },
      responses: json(savedMappingSchema, 'Saved'),
    }),
    async (c) => c.json(await saveMapping(deps, c.var.actor, c.req.valid('param').name, c.req.valid('json')), 200),
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/mappings/{name}',
      request: { params: mappingName },
      responses: { 204: { description: 'Deleted' } },
    }),
    async (c) => {
      await deleteMapping(deps, c.var.actor, c.req.valid('param').name);
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({ method: 'get', path: '/api/freshness', responses: json(freshnessSchema, 'How new the data are') }),
    async (c) => c.json(await readFreshness(deps.stores, c.var.actor), 200),
  );
}

function bodyOf(request: Request): Readable {
  if (!request.body) throw new BadInput('ingest.noBody');
  return Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
}
