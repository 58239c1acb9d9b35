import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFiles } from './findFiles.ts';
import { openSource } from './source.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heng-find-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The superuser reads everything: for once we are somebody else. */
async function asSomebody<Result>(act: () => Promise<Result>): Promise<Result> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

test('links are followed, one that leads back or nowhere among them, and hidden files are left out', async () => {
  await mkdir(at('all', 'inside'), { recursive: true });
  await mkdir(at('outside'));
  await writeFile(at('outside', 'orders.csv'), 'x');
  await writeFile(at('all', '.hidden.csv'), 'x');
  await writeFile(at('all', 'notes.pdf'), 'x');
  await symlink(at('outside'), at('all', 'inside', 'linked'));
  await symlink(at('outside', 'orders.csv'), at('all', 'tickets.csv'));
  await symlink(at('all'), at('all', 'inside', 'back'));
  await symlink(at('gone.csv'), at('all', 'messages.csv'));
  expect(await findFiles([at('all')])).toEqual([
    { path: at('all', 'inside', 'linked', 'orders.csv'), bytes: 1, inFolder: true },
    { path: at('all', 'messages.csv'), bytes: 0, refused: 'unreadable' },
    { path: at('all', 'tickets.csv'), bytes: 1, inFolder: true },
  ]);
});

test('a folder that may not be read is refused and the others are found; so is a file, before and while it is read', async () => {
  await mkdir(at('some', 'locked'), { recursive: true });
  await writeFile(at('some', 'messages.csv'), 'header\n');
  await writeFile(at('some', 'sessions.csv'), 'header\n');
  await chmod(at('some', 'sessions.csv'), 0);
  await chmod(at('some', 'locked'), 0);
  expect(await asSomebody(() => findFiles([at('some')]))).toEqual([
    { path: at('some', 'locked'), bytes: 0, refused: 'unreadable' },
    { path: at('some', 'messages.csv'), bytes: 7, inFolder: true },
    { path: at('some', 'sessions.csv'), bytes: 7, inFolder: true },
  ]);
  const open = (name: string) => openSource(at('some', name), null, { hash: false });
  await expect(asSomebody(() => open('sessions.csv'))).rejects.toMatchObject({ reason: 'unreadable' });
  const gone = await open('messages.csv');
  await rm(at('some', 'messages.csv'));
  await expect(gone.read().next()).rejects.toMatchObject({ reason: 'unreadable' });
});

test('where there is nothing to import this is said', async () => {
  await mkdir(at('empty'));
  await writeFile(at('empty', 'notes.pdf'), 'x');
  await expect(findFiles([at('empty')])).rejects.toMatchObject({ code: 'ingest.nothingFound' });
  await expect(findFiles([at('absent')])).rejects.toMatchObject({ code: 'ingest.noFile' });
});
