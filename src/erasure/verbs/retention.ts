import { countRejects } from '../../ingest/rejectsFile.ts';
import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import { applyErasures, countTexts } from '../applyErasures.ts';
import { type Erasure, insertErasure, readErasures } from '../erasureStore.ts';
import { keptSince } from '../keptSince.ts';
import { countQuotes } from '../quoteStore.ts';
import { readRetention, writeRetention } from '../retentionStore.ts';
import type { ErasurePage, ErasureView, Retention, RetentionPreview } from '../schemas.ts';

const shown = 100;

/** How long texts are kept, and what was erased, the latest first. */
export async function showErasures({ stores }: Deps, actor: Actor): Promise<ErasurePage> {
  authorise(actor, 'erasure.write');
  const { postgres } = stores;
  const [retention, erasures] = await Promise.all([readRetention(postgres), readErasures(postgres, shown)]);
  return { retention, erasures: erasures.map(viewOf) };
}

function viewOf({ id, kind, idHash, textsBefore, askedAt, byName, reason, counts, doneAt }: Erasure): ErasureView {
  return {
    ...{ id, kind, mark: idHash?.slice(0, 16) ?? null, textsBefore: textsBefore?.toISOString() ?? null },
    ...{ askedAt: askedAt.toISOString(), by: byName, reason, doneAt: doneAt?.toISOString() ?? null },
    rows: counts && Object.values(counts).reduce((sum, rows) => sum + rows, 0),
  };
}

/** What would be gone tonight if texts were kept for so many months. */
export async function previewRetention(deps: Deps, actor: Actor, months: number): Promise<RetentionPreview> {
  authorise(actor, 'erasure.write');
  const before = keptSince(deps.now(), deps.timeZone, months);
  return { before: before.toISOString(), texts: await countTexts(deps.stores.clickhouse.all, before.getTime()) };
}

/** Decides for how long texts are kept; the next night goes by it. */
export async function saveRetention(deps: Deps, actor: Actor, retention: Retention): Promise<void> {
  authorise(actor, 'erasure.write');
  await transaction(deps.stores.postgres, async (connection) => {
    await writeRetention(connection, retention);
    await audit(deps, actor, 'retention.changed', String(retention.months), connection);
  });
}

/** Removes the texts that are older than is decided, and goes on with whatever was not finished. Answers how many texts went. */
export async function retain(deps: Deps, actor: Actor): Promise<number> {
  authorise(actor, 'erasure.write');
  const { postgres, clickhouse } = deps.stores;
  const { months } = await readRetention(postgres);
  const textsBefore = months === null ? null : keptSince(deps.now(), deps.timeZone, months);
  const texts = textsBefore === null ? 0 : await countTexts(clickhouse.all, textsBefore.getTime());
  // What was copied elsewhere goes with it, and by itself where the messages went before.
  const copies =
    textsBefore === null ? 0 : (await countQuotes(postgres, textsBefore)) + (await countRejects(postgres, textsBefore));
  if (textsBefore !== null && texts + copies > 0) {
    await transaction(postgres, async (connection) => {
      const by = { userId: actor.userId, name: actor.name };
      const at = new Date(deps.now());
      const reason = `${months}`;
      const id = await insertErasure(connection, { what: { textsBefore }, at, by, reason });
      await audit(deps, actor, 'retention.carriedOut', `${id} ${texts}`, connection);
    });
  }
  await applyErasures(deps);
  return texts;
}
