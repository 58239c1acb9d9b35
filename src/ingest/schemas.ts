import { z } from 'zod';
import { kindNames } from './kinds.ts';
import { mappingSchema } from './mapping.ts';
import { reasonNames } from './reasons.ts';

/** Shapes of the ingest API, shared with the pages. Times are ISO 8601 in UTC, counts are rows, sizes are bytes. */
export const kindSchema = z.enum(kindNames);
export const reasonSchema = z.enum(reasonNames);

/** One row that was not taken in. `line` is the physical line of the file (HTTP: number of the row, from 1). */
export const rejectSchema = z.object({
  line: z.number().int().nonnegative(),
  column: z.string().describe('Empty when the whole row is meant'),
  value: z.string().describe('The value as it came, cut to 200 characters'),
  reason: reasonSchema,
});
export type Reject = z.infer<typeof rejectSchema>;

/** POST /api/ingest/{kind}: a JSON array of rows, an object with one under `rows`, or a line for each */
export const ingestAnswerSchema = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.array(rejectSchema),
  rejectedMore: z.number().int().optional().describe('Rejected rows beyond the 10,000 that an answer lists'),
});
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>;

/** What became of one file (a file that carries several kinds has one entry for each). */
export const importedFileSchema = z.object({
  path: z.string(),
  kind: kindSchema.nullable(),
  read: z.number().int().describe('Rows seen, the header not counted'),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  orderDependent: z.number().int().describe('Rows that won only because they came later'),
  skipped: z.number().int().describe('Rows that the filter of the mapping left out; in no other count'),
  endsOpen: z.boolean().describe('The last line has no line end: the file may have been cut there'),
  refused: reasonSchema.nullable().describe('Why the whole file was refused'),
});
export type ImportedFile = z.infer<typeof importedFileSchema>;

export const importStates = ['waiting', 'reading', 'committing', 'deriving', 'done', 'failed'] as const;
export const importSchema = z.object({
  id: z.number().int(),
  source: z.enum(['files', 'upload', 'http']),
  by: z.string(),
  state: z.enum(importStates),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  bytesTotal: z.number().describe('Bytes on disk of all files'),
  bytesRead: z.number(),
  rowsRead: z.number(),
  agentsKnown: z.boolean().describe('False: no agent list was there, so agent ids were taken unchecked'),
  files: z.array(importedFileSchema),
  rejected: z.number().int(),
  hasRejectsFile: z.boolean(),
  error: z.string().nullable(),
});
export type Import = z.infer<typeof importSchema>;
/** GET /api/imports?limit=50&before=ID, newest first */
export const importListSchema = z.object({ imports: z.array(importSchema), next: z.number().int().nullable() });

/** POST /api/uploads?name=FILE with the file as the body (application/octet-stream) */
export const uploadSchema = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  sheets: z.array(z.string()).describe('Of a workbook; empty otherwise'),
  encoding: z.enum(['utf-8', 'gb18030', 'none']),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())).describe('The first 20 rows as they came, in the order of columns'),
  guessedKind: kindSchema.nullable(),
  guessedMapping: mappingSchema.nullable().describe('Null when the columns are those of the open format already'),
  isRejects: z.boolean().describe('A rejects file, corrected: each row says its own kind, and none is asked for'),
  refused: reasonSchema.nullable(),
});
export type Upload = z.infer<typeof uploadSchema>;

/** POST /api/uploads/{id}/preview and /api/uploads/{id}/import (which answers 202 with { importId }) */
export const uploadUseSchema = z.object({
  kind: kindSchema.optional(),
  mapping: mappingSchema.optional(),
  timeZone: z.string().optional(),
});
export const previewSchema = z.object({
  kind: kindSchema.nullable().describe('Null: rows of several kinds, each under `_kind`'),
  read: z.number().int().describe('Rows looked at (at most 2,000)'),
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.string().nullable())).describe('The first 50 as they would land'),
  rejects: z.array(rejectSchema).describe('The first 50'),
  rejected: z.number().int(),
  skipped: z.number().int().describe('Rows that the filter of the mapping left out; in no other count'),
});
export type Preview = z.infer<typeof previewSchema>;
export const importStartedSchema = z.object({ importId: z.number().int() });

/** GET /api/mappings; PUT and DELETE /api/mappings/{name} */
export const savedMappingSchema = z.object({
  name: z.string(),
  mapping: mappingSchema,
  updatedAt: z.string(),
  by: z.string(),
});
export type SavedMapping = z.infer<typeof savedMappingSchema>;
export const mappingListSchema = z.object({ mappings: z.array(savedMappingSchema) });

/** GET /api/freshness: one entry per kind, also for kinds of which nothing has arrived yet */
export const freshnessSchema = z.object({
  kinds: z.array(
    z.object({
      kind: kindSchema,
      rows: z.number(),
      newestAt: z.string().nullable().describe('Newest event time of the rows; null when the kind has none'),
      lastImportAt: z.string().nullable(),
      lastImportId: z.number().int().nullable(),
    }),
  ),
});
export type Freshness = z.infer<typeof freshnessSchema>;
