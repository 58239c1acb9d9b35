import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type DemoAccount, type DemoPlace, makeDemoAccounts } from './people/demoAccounts.ts';
import type { SignIn } from './people/signIn.ts';
import { setting, writeSetting } from './people/store.ts';
import type { Command } from './platform/command.ts';
import { Conflict } from './platform/errors.ts';
import type { Deps } from './platform/http.ts';
import { languageOf } from './platform/language.ts';

const seed = 20_261_001;

const demoSchema = z.object({ seed: z.number(), until: z.string(), loaded: z.boolean() });

export interface DemoChoice {
  /** The reader wants this directory for their own data. */
  readonly empty: boolean;
  /** New passwords for the demo accounts, although the company is there already. */
  readonly renewAccounts: boolean;
  /** Writes the made-up company into the stores; the same rows however often it is called. */
  load(company: { readonly seed: number; readonly until: string }): Promise<void>;
}

export interface DemoShown {
  readonly demo: boolean;
  /** With the passwords that were made just now; empty when none were. */
  readonly demoAccounts: readonly DemoAccount[];
}

/**
 * An installation that was never given data gets the made-up company, so that there is something to look at; one that holds
 * data of its own, or was started with `--empty`, never does. A load that was interrupted is finished at the next start.
 */
export async function showDemoCompany(deps: Deps, signIn: SignIn, choice: DemoChoice): Promise<DemoShown> {
  const { postgres, dataDir } = deps.stores;
  const written = await setting(postgres, 'demo');
  const demo = written === null ? null : demoSchema.parse(written);
  if (choice.empty) {
    if (demo) throw new Conflict('start.holdsDemo', { dir: dataDir });
    await writeSetting(postgres, 'ownData', true);
    return { demo: false, demoAccounts: [] };
  }
  const isOwn = !demo && ((await setting(postgres, 'ownData')) !== null || (await holdsRows(deps)));
  if (isOwn) return { demo: demo !== null, demoAccounts: [] };
  if (demo?.loaded) {
    const demoAccounts = choice.renewAccounts ? await makeDemoAccounts(deps, signIn, await someAgent(deps)) : [];
    return { demo: true, demoAccounts };
  }
  const company = { seed: demo?.seed ?? seed, until: demo?.until ?? yesterday(deps) };
  await writeSetting(postgres, 'demo', { ...company, loaded: false });
  await choice.load(company);
  const demoAccounts = await makeDemoAccounts(deps, signIn, await someAgent(deps));
  await writeSetting(postgres, 'demo', { ...company, loaded: true });
  return { demo: true, demoAccounts };
}

/** Today's work is not done yet. */
function yesterday({ now, timeZone }: Deps): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone).toPlainDate();
  return today.subtract({ days: 1 }).toString();
}

async function holdsRows({ stores }: Deps): Promise<boolean> {
  for (const table of ['agents', 'sessions', 'messages', 'tickets', 'ratings', 'orders']) {
    const rows = await stores.clickhouse.all.query(`SELECT 1 AS one FROM ${table} LIMIT 1`);
    if (rows.length > 0) return true;
  }
  return false;
}

/** Whose card the demo agent reads: an experienced one, in a team that a demo supervisor can lead. */
async function someAgent({ stores }: Deps): Promise<DemoPlace> {
  const rows = await stores.clickhouse.all.query<{ agent_id: string; name: string; team: string }>(
    `SELECT agent_id, name, team FROM agents WHERE left_on IS NULL AND team != '' ORDER BY tier = 'senior' DESC, agent_id LIMIT 1`,
  );
  const [agent] = rows;
  if (!agent) throw new Error('the made-up company has no agents');
  return { agentId: agent.agent_id, agentName: agent.name, team: agent.team };
}

/** The import command, which says so when what it took in now stands beside the made-up company's. */
export function tellingOfDemo(command: Command): Command {
  return {
    ...command,
    async run(context) {
      const exit = await command.run(context);
      const { postgres } = await context.stores();
      if ((await setting(postgres, 'demo')) !== null) context.progress(besideDemo[languageOf(context.env)]);
      return exit;
    },
  };
}

const besideDemo = {
  zh: '注意：这个数据目录里还有示例公司。自己的数据请用另一个目录：heng import … --data 目录，heng start --data 目录 --empty',
  en: 'Note: this data directory also holds the made-up company. For your own data take another: heng import … --data DIR, heng start --data DIR --empty',
} as const;
