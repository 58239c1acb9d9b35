import { setTimeout as sleep } from 'node:timers/promises';
import { holding } from '../../platform/advisoryLock.ts';
import { HengError } from '../../platform/errors.ts';
import { type Deps, outline } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import {
  buryInspected,
  commonTexts,
  countBehind,
  countFresh,
  freshSessions,
  readBatch,
  retireHits,
  type SessionState,
  type Stretch,
  sessionStates,
  sessionsBehind,
  writeInspected,
} from './batchStore.ts';
import { closedUntilMs } from './closedStore.ts';
import { dueDecisions } from './decisionStore.ts';
import type { RuleSet } from './evaluate.ts';
import { type IncidentWriter, writeDue } from './incidentStore.ts';
import { currentNumber, currentRuleSet, lastEngine, lockRules, saveRuleSet } from './ruleStore.ts';
import { lastDerivation, nextVersions, noteState, readState } from './stateStore.ts';
import { type InspectionThread, startThread } from './thread.ts';

const lookEveryMs = 500;
const afterFailureMs = 5000;
const idsAtOnce = 1000;
/** Messages that one batch may hold: a second of the thread's work at most. */
const messagesAtOnce = 40_000;
/**
 * Inspects the text of whatever was imported, soon after its facts are there, and of everything again when rules, lists or models
 * change; what was just imported goes first. One process of the installation does it, in a thread of its own. Stopping waits for the
 * batch at hand; what was not finished is done after the next start.
 */
export function watchInspection(deps: Deps, incidents: IncidentWriter): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const pass = new Pass(deps, incidents, stopping.signal);
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const wentWell = await pass.runUntilIdle();
      await sleep(wentWell ? lookEveryMs : afterFailureMs, null, { signal: stopping.signal }).catch(() => null);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
      await pass.close();
    },
  };
}

interface Fresh {
  readonly stretch: Stretch;
  cursor: string;
}

/** The pass over old text by the rule set of this number. */
interface Old {
  readonly number: number;
  readonly cursor: string;
  /** Sessions that began before are of closed months: they keep what was found by the rules of then. */
  readonly fromMs: number;
}

class Pass {
  private thread: InspectionThread | null = null;
  private ruleSet: RuleSet | null = null;

  constructor(
    private readonly deps: Deps,
    private readonly incidents: IncidentWriter,
    private readonly stopping: AbortSignal,
  ) {}

  async close(): Promise<void> {
    await this.thread?.stop();
    this.thread = null;
  }

  /** Never throws: how it went is in `inspection_state` and in the log. */
  async runUntilIdle(): Promise<boolean> {
    const { postgres } = this.deps.stores;
    try {
      if (!(await this.hasWork())) return true;
      await holding(postgres, 'inspection', 'try', async (held) => {
        if (held) await this.run();
      });
      return true;
    } catch (cause) {
      this.deps.log.error(outline(cause), 'the inspection of text failed');
      await this.close().catch(() => undefined);
      const failure = cause instanceof HengError ? cause.code : 'internal';
      await noteState(postgres, { failure, failedAt: new Date(this.deps.now()) }).catch(() => undefined);
      return false;
    }
  }

  private async hasWork(): Promise<boolean> {
    const { postgres } = this.deps.stores;
    const [state, last, number, due] = await Promise.all([
      readState(postgres),
      lastDerivation(postgres),
      currentNumber(postgres),
      dueDecisions(postgres),
    ]);
    return (
      due.length > 0 || last.version > state.through || number > state.ruleSet || (this.thread === null && number > 0)
    );
  }

  private async run(): Promise<void> {
    const { postgres, clickhouse } = this.deps.stores;
    let seen = (await readState(postgres)).through;
    const fresh: Fresh[] = [];
    let old = null as Old | null;
    while (!this.stopping.aborted) {
      await writeDue(this.deps.stores, this.incidents);
      const ruleSet = await this.follow();
      const last = await lastDerivation(postgres);
      if (last.version > seen) {
        const stretch = { from: seen, to: last.version };
        seen = last.version;
        const total = await countFresh(clickhouse, stretch);
        if (fresh.length === 0) await noteState(postgres, { doing: 'fresh', done: 0, total });
        fresh.push({ stretch, cursor: '' });
      }
      // The newest first: whoever writes now is read now, however much an import left to do.
      const next = fresh.at(-1);
      if (next) {
        if (await this.freshBatch(next)) continue;
        fresh.pop();
        if (fresh.length === 0) await this.caughtUp(seen);
        old = null;
        continue;
      }
      if ((await readState(postgres)).ruleSet >= ruleSet.number) break;
      if (old?.number !== ruleSet.number) {
        const fromMs = await closedUntilMs(postgres, this.deps.timeZone);
        old = { cursor: '', number: ruleSet.number, fromMs };
        const total = await countBehind(clickhouse, ruleSet.number, fromMs);
        await noteState(postgres, { doing: 'rules', done: 0, total });
      }
      const cursor = await this.oldBatch(old);
      if (cursor === null) await noteState(postgres, { ruleSet: ruleSet.number, doing: null });
      else old = { ...old, cursor };
    }
  }

  /** The rule set in force, in the thread as well. A change of the models becomes a rule set of its own. */
  private async follow(): Promise<RuleSet> {
    const { postgres, clickhouse } = this.deps.stores;
    const number = await currentNumber(postgres);
    if (this.thread && this.ruleSet?.number === number) return this.ruleSet;
    let ruleSet = await currentRuleSet(postgres);
    this.thread ??= startThread();
    const engine = await this.thread.use(ruleSet, await commonTexts(clickhouse, ruleSet.savedAt));
    if ((await lastEngine(postgres))?.engine !== engine) {
      await lockedSave(this.deps, engine);
      ruleSet = await currentRuleSet(postgres);
      await this.thread.use(ruleSet, await commonTexts(clickhouse, ruleSet.savedAt));
    }
    this.ruleSet = ruleSet;
    return ruleSet;
  }

  private async freshBatch(fresh: Fresh): Promise<boolean> {
    const ids = await freshSessions(this.deps.stores.clickhouse, fresh.stretch, fresh.cursor, idsAtOnce);
    const last = ids.at(-1);
    if (last === undefined) return false;
    await this.inspect(ids);
    fresh.cursor = last;
    return true;
  }

  private async oldBatch({ cursor, number, fromMs }: Old): Promise<string | null> {
    const asked = { ruleSet: number, fromMs, cursor, limit: idsAtOnce };
    const ids = await sessionsBehind(this.deps.stores.clickhouse, asked);
    if (ids.length > 0) await this.inspect(ids);
    return ids.at(-1) ?? null;
  }

  private async caughtUp(through: number): Promise<void> {
    await this.deps.stores.postgres.query(
      `UPDATE inspection_state SET through = $1, inspected_at = $2, doing = NULL, failure = NULL,
         lag_ms = (SELECT greatest(0, extract(epoch FROM clock_timestamp() - finished_at) * 1000)::bigint FROM derivations WHERE version = $1)`,
      [through, new Date(this.deps.now())],
    );
  }

  /** Inspects those of the sessions for which something changed. Repeating it changes nothing. */
  private async inspect(ids: readonly string[]): Promise<void> {
    const { clickhouse, postgres } = this.deps.stores;
    const { thread, ruleSet } = this;
    if (!thread || !ruleSet) throw new Error('no rules to inspect by');
    const states = await sessionStates(clickhouse, ids);
    const gone = states.filter(({ facts, inspected }) => facts === null && inspected !== null);
    const todo = states.flatMap((state) => {
      const since = sinceOf(state, ruleSet.number);
      return since === null ? [] : [{ ...state, since }];
    });
    if (gone.length > 0) {
      const { retire, write } = await nextVersions(postgres);
      const goneIds = gone.map(({ id }) => id);
      await retireHits(clickhouse, goneIds, retire, []);
      await buryInspected(clickhouse, goneIds, write);
    }
    const inForce = ruleSet.rules.map(({ rule, version }) => [rule.id, version] as const);
    for (const part of parts(todo)) {
      const { retire, write } = await nextVersions(postgres);
      const read = await readBatch(clickhouse, part);
      const stamp = { version: write, atMs: this.deps.now() };
      const inspected = await thread.inspect({ ...read, stamp });
      // Also of sessions that were never said to be inspected: a pass that died may have left hits of a text that was changed since.
      const idsOf = (whole: boolean) => part.filter(({ since }) => (since === 0) === whole).map(({ id }) => id);
      await retireHits(clickhouse, idsOf(true), retire, []);
      await retireHits(clickhouse, idsOf(false), retire, inForce);
      await writeInspected(clickhouse, inspected);
    }
    await postgres.query(
      'UPDATE inspection_state SET done = least(done + $1, greatest(total, done)), inspected_at = $2',
      [ids.length, new Date(this.deps.now())],
    );
  }
}

/** From which rule set on a session has to be looked at: 0 wholly, null not at all. */
function sinceOf({ facts, inspected }: SessionState, number: number): number | null {
  if (facts === null) return null;
  if (inspected === null || inspected.facts !== facts) return 0;
  return inspected.ruleSet < number ? inspected.ruleSet : null;
}

/** Sessions in batches that hold so many messages at most, or one session that holds more. */
function parts<Session extends { readonly messages: number }>(sessions: readonly Session[]): Session[][] {
  const found: Session[][] = [];
  let messages = Number.POSITIVE_INFINITY;
  for (const session of sessions) {
    const last = found.at(-1);
    if (last && messages + session.messages <= messagesAtOnce) last.push(session);
    else {
      found.push([session]);
      messages = 0;
    }
    messages += session.messages;
  }
  return found;
}

async function lockedSave(deps: Deps, engine: string): Promise<void> {
  await transaction(deps.stores.postgres, async (connection) => {
    await lockRules(connection);
    await saveRuleSet(connection, { at: new Date(deps.now()), by: 'Heng', reason: 'engine', engine }, []);
  });
}
