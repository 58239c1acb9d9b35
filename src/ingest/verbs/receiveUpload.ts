import type { Readable } from 'node:stream';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authoriseKind } from '../../people/authorise.ts';
import type { Ingest } from '../ingest.ts';
import { inspectUpload } from '../inspect.ts';
import type { Upload } from '../schemas.ts';
import { forgetOldUploads, storeUpload } from '../uploads.ts';

/** Keeps an uploaded file for a day and says what is in it. */
export async function receiveUpload(
  ingest: Ingest,
  actor: Actor,
  file: { name: string; body: Readable },
): Promise<Upload> {
  authoriseKind(actor, null);
  const { stores, now } = ingest.deps;
  await forgetOldUploads(stores, now());
  const upload = await storeUpload(stores, file.body, { name: file.name, at: now() });
  await audit(ingest.deps, actor, 'upload.received', upload.id);
  return inspectUpload(upload);
}
