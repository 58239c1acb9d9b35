import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killing } from './killing.ts';
import { planKills } from './plan.ts';
import { surroundings } from './surroundings.ts';
import { Survived } from './survived.ts';

const killsByDefault = 216;
/** Of the kills, so many must meet work in flight: a kill of something idle proves little. */
const inFlightShareWanted = 0.9;

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** Every fault there is, or with `only` one kind of them. The plan of kills follows from HENG_SEED; when exactly work is hit does not. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const seed = env.HENG_SEED ?? '1';
  const kills = Number(args.find((arg) => /^\d+$/.test(arg)) ?? killsByDefault);
  const named = args.filter((arg) => !/^\d+$/.test(arg));
  const wanted = (name: string) => named.length === 0 || named.includes(name);
  const survived = new Survived((line) => process.stderr.write(`${line}\n`));
  const folder = mkdtempSync(join(tmpdir(), 'heng-faults-'));
  const began = performance.now();
  try {
    for (const [name, bring] of Object.entries(surroundings)) {
      if (wanted(name)) await bring(join(folder, name), survived);
    }
    if (wanted('kills')) await killing(join(folder, 'kills'), planKills(seed, kills), survived);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { inFlight: share, acknowledged } = survived.shares();
  const { passed, failed } = survived.total;
  const missed = share < inFlightShareWanted ? 1 : 0;
  const lines = [
    survived.table(),
    '',
    ...survived.skipped.map((each) => `skipped: ${each}`),
    ...survived.failures.map((each) => `failed: ${each}`),
    `HENG_SEED=${seed}, ${((performance.now() - began) / 1000).toFixed(0)} s, work in flight at ${percent(share)} of the kills, of which something was acknowledged before at ${percent(acknowledged)}`,
    `${passed} passed, ${failed + missed} failed`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return failed + missed === 0 ? 0 : 1;
}
