import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authoriseKind } from '../../people/authorise.ts';
import { Invalid } from '../../platform/errors.ts';
import type { WrittenIssue } from '../../platform/writtenIssue.ts';
import { planParts } from '../importFiles.ts';
import type { Ingest } from '../ingest.ts';
import type { KindName } from '../kinds.ts';
import { type Mapping, mappingIssues } from '../mapping.ts';
import { mappingIssue } from '../mappingIssues.ts';
import { previewParts } from '../preview.ts';
import { reasons } from '../reasons.ts';
import type { Preview } from '../schemas.ts';
import { Refused } from '../source.ts';
import { isTimeZone } from '../timeZone.ts';
import { findUpload, type StoredUpload } from '../uploads.ts';

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
  // Rows are shown as they are in the file.
  await audit(ingest.deps, actor, 'upload.previewed', id);
  const plans = await planParts(upload, requestOf(upload, use));
  try {
    const parts = plans.map((plan) => {
      if ('refused' in plan) throw new Refused(plan.refused);
      return plan;
    });
    return await previewParts(ingest.deps, parts, use.timeZone ?? ingest.deps.timeZone);
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    const { reason, column } = cause;
    const issue: WrittenIssue = { path: column, code: reason, level: 'error', message: reasons[reason] };
    throw new Invalid('ingest.refused', [issue]);
  }
}

/** The upload under its own name, to be taken as somebody wants it. */
export function requestOf({ path, name }: StoredUpload, use: UploadUse) {
  return {
    paths: [path],
    names: new Map([[path, name]]),
    ...(use.kind ? { kind: use.kind } : {}),
    ...(use.mapping ? { mapping: use.mapping } : {}),
    ...(use.timeZone ? { timeZone: use.timeZone } : {}),
  };
}

export function checkUse(use: UploadUse): void {
  const issues = use.mapping ? mappingIssues(use.mapping) : [];
  if (use.timeZone !== undefined && !isTimeZone(use.timeZone)) issues.push(mappingIssue('timeZone', 'unknownTimeZone'));
  if (issues.length > 0) throw new Invalid('mapping.invalid', issues);
}
