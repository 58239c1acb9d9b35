import type { Context } from 'hono';
import type pg from 'pg';
import type { HengApp, HengEnv } from '../platform/http.ts';
import { cosignedNote } from './cosignatureStore.ts';
import { readCommitments } from './entryStore.ts';
import { lastCheckpoint, readKeys, readLog, tilesIn } from './logStore.ts';
import { entryBundle, readTilePath, tileWidth, widthAt } from './tiles.ts';

/** A tile never changes, so whoever has it need not ask again. */
const forGood = 'public, max-age=31536000, immutable';

/**
 * The log as C2SP tlog-tiles has it, under the prefix `/ledger`: hashes and commitments, nothing of what they are of. Open to everybody, so
 * that auditors and witnesses need nothing from us.
 */
export function tileRoutes(app: HengApp, postgres: pg.Pool): void {
  app.get('/ledger/checkpoint', async (c) => {
    const last = await lastCheckpoint(postgres);
    if (!last) return c.notFound();
    c.header('Cache-Control', 'no-cache');
    return c.text(await cosignedNote(postgres, last));
  });
  app.get('/ledger/key', async (c) => {
    c.header('Cache-Control', 'no-cache');
    return c.text((await readKeys(postgres)).map(({ key }) => `${key}\n`).join(''));
  });
  app.get('/ledger/tile/entries/*', async (c) => {
    const asked = readTilePath(c.req.path.slice('/ledger/tile/entries/'.length));
    if (!asked || (await widthNow(postgres, 0, asked.tile)) < asked.width) return c.notFound();
    return bytes(c, entryBundle(await readCommitments(postgres, asked.tile * tileWidth, asked.width)));
  });
  app.get('/ledger/tile/:level{[0-9]|[1-5][0-9]|6[0-3]}/*', async (c) => {
    const level = Number(c.req.param('level'));
    const asked = readTilePath(c.req.path.slice(`/ledger/tile/${level}/`.length));
    if (!asked || (await widthNow(postgres, level, asked.tile)) < asked.width) return c.notFound();
    const [hashes] = await tilesIn(postgres).readTiles([{ level, ...asked }]);
    return hashes ? bytes(c, hashes) : c.notFound();
  });
}

/** How wide a tile is by now; an earlier, narrower one is its beginning. */
async function widthNow(postgres: pg.Pool, level: number, tile: number): Promise<number> {
  const log = await readLog(postgres);
  return log ? widthAt(log.size, level, tile) : 0;
}

function bytes(c: Context<HengEnv>, content: Uint8Array) {
  c.header('Cache-Control', forGood);
  c.header('Content-Type', 'application/octet-stream');
  return c.body(Uint8Array.from(content));
}
