import type { Readable } from 'node:stream';
import type { Actor } from '../../people/actor.ts';
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
  await forgetOldUploads(stores.dataDir, now());
  return inspectUpload(await storeUpload(stores.dataDir, file.body, { name: file.name, by: actor.userId }));
}
