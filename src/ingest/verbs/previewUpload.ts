import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authoriseKind } from '../../people/authorise.ts';
import { BadInput, Invalid } from '../../platform/errors.ts';
import { kindOfName } from '../findFiles.ts';
import type { PartPlan } from '../importPart.ts';
import type { Ingest } from '../ingest.ts';
import type { KindName } from '../kinds.ts';
import { type Mapping, mappingIssues } from '../mapping.ts';
import { previewPart } from '../preview.ts';
import type { Preview } from '../schemas.ts';
import { Refused, readName } from '../source.ts';
import { isTimeZone } from '../timeZone.ts';
import { findUpload } from '../uploads.ts';

export interface UploadUse {
  readonly kind?: KindName | undefined;
  readonly mapping?: Mapping | undefined;
  readonly timeZone?: string | undefined;
}

/** The first rows of an upload as they would land, and what would be rejected; nothing is kept. */
export async function previewUpload(ingest: Ingest, actor: Actor, id: string, use: UploadUse): Promise<Preview> {
  authoriseKind(actor, null);
  checkUse(use);
  const upload = await findUpload(ingest.deps.stores, id);
  const { format, packing } = readName(upload.name);
  if (!format) throw new BadInput('ingest.refused', { reason: 'unknownFormat', column: '' });
  const kind = use.mapping?.kind ?? use.kind ?? kindOfName(upload.name);
  if (!kind) throw new BadInput('ingest.refused', { reason: 'unknownKind', column: '' });
  const { name: path, path: file, bytes } = upload;
  // Rows are shown as they are in the file.
  await audit(ingest.deps, actor, 'upload.previewed', id);
  const plan: PartPlan = { path, file, bytes, format, packing, kind, mapping: use.mapping ?? null };
  try {
    return await previewPart(ingest.deps, plan, use.timeZone ?? ingest.deps.timeZone);
  } catch (cause) {
    if (cause instanceof Refused) throw new BadInput('ingest.refused', { reason: cause.reason, column: cause.column });
    throw cause;
  }
}

export function checkUse(use: UploadUse): void {
  const issues = use.mapping ? mappingIssues(use.mapping) : [];
  if (use.timeZone !== undefined && !isTimeZone(use.timeZone))
    issues.push({ path: 'timeZone', code: 'unknownTimeZone' });
  if (issues.length > 0) throw new Invalid('mapping.invalid', issues);
}
