import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authoriseKind } from '../../people/authorise.ts';
import { importFiles } from '../importFiles.ts';
import type { Ingest } from '../ingest.ts';
import { findUpload, forgetUpload } from '../uploads.ts';
import { checkUse, requestOf, type UploadUse } from './previewUpload.ts';

/** Starts importing an upload and answers with the import's id; how it goes is read from the journal. */
export async function importUpload(
  ingest: Ingest,
  actor: Actor,
  id: string,
  use: UploadUse,
): Promise<{ importId: number }> {
  authoriseKind(actor, null);
  checkUse(use);
  const upload = await findUpload(ingest.deps.stores, id);
  return new Promise((resolve, reject) => {
    const running = importFiles(ingest.deps, {
      ...requestOf(upload, use),
      source: 'upload',
      by: actor.name,
      async onStart(importId) {
        await audit(ingest.deps, actor, 'import.started', String(importId));
        resolve({ importId });
      },
      afterCommit: ingest.afterCommit,
    });
    // A failure before the start is the caller's; a later one is in the journal, with the import's state.
    ingest.track(running.then(() => forgetUpload(ingest.deps.stores, upload)).catch(reject));
  });
}
