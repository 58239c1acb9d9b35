import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageRoot } from '../platform/root.ts';
import type { TextTables } from './text/inspectText.ts';

/** The shipped tables and models, from `models/`. Throws when a file is missing: they are part of the program. */
export function loadTextTables(): TextTables {
  const read = (name: string) =>
    new Uint8Array(gunzipSync(readFileSync(join(packageRoot, 'models', `${name}.bin.gz`))));
  return {
    characters: read('characters'),
    ordinary: read('ordinary'),
    subjectivity: read('subjectivity'),
    polarity: read('polarity'),
    abuse: read('abuse'),
  };
}
