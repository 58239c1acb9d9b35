import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authoriseKind } from '../../people/authorise.ts';
import type { Ingest } from '../ingest.ts';
import { inspectUpload } from '../inspect.ts';
import type { Upload } from '../schemas.ts';
import { findUpload } from '../uploads.ts';

/** What is in an upload that is kept; of a workbook in the sheet that is asked for. */
export async function lookAtUpload(ingest: Ingest, actor: Actor, id: string, sheet?: string): Promise<Upload> {
  authoriseKind(actor, null);
  const upload = await findUpload(ingest.deps.stores, id);
  // Its first rows are shown as they are in the file.
  await audit(ingest.deps, actor, 'upload.previewed', id);
  return inspectUpload(upload, sheet);
}
