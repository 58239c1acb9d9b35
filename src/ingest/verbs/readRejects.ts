import { Readable } from 'node:stream';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise, may } from '../../people/authorise.ts';
import { maskPersonalData } from '../../people/mask.ts';
import { NotFound } from '../../platform/errors.ts';
import { byteOrderMark, quoted } from '../csvFields.ts';
import { CsvRows } from '../csvRows.ts';
import type { IngestDeps } from '../importFiles.ts';
import { listImports } from '../journal.ts';
import { openRejects } from '../rejectsFile.ts';

/** `_kind,_file,_line,_column,_value,_reason`: what those see who may not import. */
const markColumns = 6;

/**
 * The rejects file of an import. Who may import gets it whole, to correct and import again, and that is audited; others
 * get where and why, with personal data masked, and so does a key for some kinds: rows of any kind are in it.
 */
export async function readRejects(deps: IngestDeps, actor: Actor, id: number): Promise<Readable> {
  authorise(actor, 'import.read');
  const [found] = await listImports(deps.stores.postgres, { id, limit: 1 });
  if (!found?.rejectsFile) throw new NotFound('import.noRejects', { id });
  const file = openRejects(deps.stores, id, found.rejectsFile);
  if (!may(actor, 'ingest.write') || actor.kinds) return Readable.from(masked(file), { objectMode: false });
  await audit(deps, actor, 'import.rejectsRead', String(id));
  return file;
}

async function* masked(file: Readable): AsyncGenerator<Buffer> {
  const rows = new CsvRows(',');
  file.setEncoding('utf8');
  yield Buffer.from(byteOrderMark);
  let isFirst = true;
  for await (const text of file) {
    const read = isFirst ? String(text).replace(byteOrderMark, '') : String(text);
    isFirst = false;
    const lines = rows.push(read).map((row) =>
      row
        .slice(0, markColumns)
        .map((cell) => quoted(maskPersonalData(cell)))
        .join(','),
    );
    if (lines.length > 0) yield Buffer.from(`${lines.join('\n')}\n`);
  }
}
