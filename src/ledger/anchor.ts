import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BadInput } from '../platform/errors.ts';
import { OutgoingFailure, outgoingUrl, postJson } from '../platform/outgoing.ts';
import type { Queryable } from '../platform/transaction.ts';
import { anchorsIn, keepAnchor } from './anchorStore.ts';
import { checkpointsFrom, type StoredCheckpoint } from './logStore.ts';
import { writeSafely } from './writeSafely.ts';

/** A place outside that keeps every checkpoint, so that the log cannot be rewritten unseen. */
export type AnchorTarget =
  | { readonly kind: 'folder' | 'git'; readonly path: string }
  | { readonly kind: 'http'; readonly url: URL };

/**
 * Reads HENG_LEDGER_ANCHOR: an absolute path (a folder, or a Git working tree, where each checkpoint is committed), or an http(s)
 * address; several are separated by spaces. Throws BadInput `config.ledgerAnchor`.
 */
export function readAnchors(text: string | undefined): AnchorTarget[] {
  return (text ?? '')
    .split(/\s+/)
    .filter((each) => each !== '')
    .map((each): AnchorTarget => {
      const url = /^https?:/.test(each) ? outgoingUrl(each) : null;
      if (url) return { kind: 'http', url };
      if (!each.startsWith('/') || !existsSync(each) || !statSync(each).isDirectory())
        throw new BadInput('config.ledgerAnchor', { value: each.slice(0, 200) });
      return { kind: existsSync(join(each, '.git')) ? 'git' : 'folder', path: each };
    });
}

const nameOf = (target: AnchorTarget): string => (target.kind === 'http' ? target.url.href : target.path);

const batchMax = 100;
const retryAfterMs = 60_000;

/** Sends each place the checkpoints it does not have, oldest first. A place that fails is tried again a minute later, and told of. */
export async function sendToAnchors(
  postgres: Queryable,
  targets: readonly AnchorTarget[],
  now: () => number,
): Promise<void> {
  if (targets.length === 0) return;
  const known = new Map((await anchorsIn(postgres)).map((anchor) => [anchor.target, anchor]));
  for (const target of targets) {
    const name = nameOf(target);
    const before = known.get(name) ?? null;
    if (before?.failure && now() - before.triedAt.getTime() < retryAfterMs) continue;
    let size = before?.size ?? 0;
    for (const checkpoint of await checkpointsFrom(postgres, size + 1, batchMax)) {
      const failure = await send(target, checkpoint);
      if (failure === null) size = checkpoint.size;
      await keepAnchor(postgres, { target: name, size, failure, triedAt: new Date(now()) });
      if (failure !== null) break;
    }
  }
}

/** null: it is there. Otherwise the name of what went wrong. */
async function send(target: AnchorTarget, { size, note }: StoredCheckpoint): Promise<string | null> {
  try {
    if (target.kind === 'http') {
      const answer = await postJson(target.url, {
        ...{ headers: {}, body: { size, checkpoint: note } },
        ...{ timeoutMs: 10_000, bytesMax: 10_000 },
      });
      return answer.status >= 200 && answer.status < 300 ? null : `status ${answer.status}`;
    }
    const file = `checkpoint-${String(size).padStart(12, '0')}`;
    writeSafely(join(target.path, file), note);
    if (target.kind === 'git') await commit(target.path, file, size);
    return null;
  } catch (cause) {
    if (cause instanceof OutgoingFailure) return cause.trouble;
    if (cause instanceof Error && 'code' in cause) return String(cause.code);
    throw cause;
  }
}

/** Under a name of our own, and without whatever hooks or signing the machine's owner has set up. */
async function commit(path: string, file: string, size: number): Promise<void> {
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=Heng', '-c', 'user.email=heng@localhost', ...args], {
      cwd: path,
      timeout: 30_000,
    });
  await git('add', '--', file);
  const { stdout } = await git('status', '--porcelain', '--', file);
  if (stdout !== '')
    await git('-c', 'commit.gpgsign=false', 'commit', '--no-verify', '--quiet', '-m', `checkpoint ${size}`, '--', file);
}
