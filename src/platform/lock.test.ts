import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLock, startOf, takeLock } from './lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heng-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const holder = (change: object): string =>
  JSON.stringify({
    pid: process.pid,
    command: 'heng start',
    since: '2026-10-01T00:00:00.000Z',
    started: startOf(process.pid),
    ...change,
  });

test('the second to come is told who holds the directory, and may have it after the release', () => {
  const first = takeLock(dir, 'heng start');
  if (!isLock(first)) throw new Error('refused');
  expect(takeLock(dir, 'heng import')).toMatchObject({ heldBy: { pid: process.pid, command: 'heng start' } });
  first.release();
  const next = takeLock(dir, 'heng import');
  expect(isLock(next)).toBe(true);
  expect(readdirSync(dir)).toEqual(['lock.json']);
});

test('the lock of a process that died is taken over', async () => {
  const child = spawn('true');
  await new Promise((resolve) => child.once('exit', resolve));
  writeFileSync(join(dir, 'lock.json'), holder({ pid: child.pid, started: '1' }));
  expect(isLock(takeLock(dir, 'heng start'))).toBe(true);
});

test('a later process under the number of the dead one does not keep the lock', () => {
  writeFileSync(join(dir, 'lock.json'), holder({ started: '1' }));
  expect(isLock(takeLock(dir, 'heng start'))).toBe(true);
});

test('a process of another container keeps the lock while it says so, though its number is nobody here', () => {
  const path = join(dir, 'lock.json');
  const elsewhere = holder({ pid: 2 ** 22 - 1, started: '1', place: 'another boot pid:[1]' });
  writeFileSync(path, elsewhere);
  expect(() => takeLock(dir, 'heng start')).toThrow(expect.objectContaining({ code: 'dataDir.heldElsewhere' }));
  const long = new Date(Date.now() - 60_000);
  utimesSync(path, long, long);
  expect(isLock(takeLock(dir, 'heng start')), 'it is silent: dead').toBe(true);
});

test('whoever holds the directory says so again and again', async () => {
  const path = join(dir, 'lock.json');
  const lock = takeLock(dir, 'heng start');
  if (!isLock(lock)) throw new Error('refused');
  utimesSync(path, new Date(0), new Date(0));
  await expect.poll(() => statSync(path).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  lock.release();
});

test('a torn lock file locks nothing', () => {
  writeFileSync(join(dir, 'lock.json'), '{"pid": 12');
  expect(isLock(takeLock(dir, 'heng start'))).toBe(true);
});

test("releasing leaves a lock alone that is not this process's any more", () => {
  const lock = takeLock(dir, 'heng start');
  if (!isLock(lock)) throw new Error('refused');
  writeFileSync(join(dir, 'lock.json'), holder({ command: 'another' }));
  lock.release();
  expect(readdirSync(dir)).toEqual(['lock.json']);
});
