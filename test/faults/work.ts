import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cyclePageSchema } from '../../src/appraisal/schemas.ts';
import { importSchema, ingestAnswerSchema } from '../../src/ingest/schemas.ts';
import { agents, months } from './company.ts';
import type { Installation } from './installation.ts';
import type { Phase } from './plan.ts';

/** What was promised to whoever asked, and what was asked for without an answer. */
export class Promised {
  /** Of messages, by id. */
  readonly messages = new Set<string>();
  /** Rows that were sent and not acknowledged: a client sends them again. */
  readonly owed: Row[][] = [];
  /** By the reason that was given, each of them only once. */
  readonly moves = new Set<string>();
  readonly definitions = new Set<string>();
  readonly published = new Set<string>();
  /** Files whose import was begun. */
  readonly files: { readonly name: string; readonly text: string; readonly rows: number }[] = [];
  count(): number {
    return this.messages.size + this.moves.size + this.definitions.size + this.published.size;
  }
}

/** Work that has begun. */
export interface Begun {
  /** Whether anything was asked for and is not answered yet, or goes on after its answer. */
  open(): boolean;
  /** Asks for nothing more; resolves when nothing is open. Never throws: what fails in a fault is looked at afterwards. */
  end(): Promise<void>;
}

export type Row = Readonly<Record<string, string>>;
const because = 'a test of faults';
/** Work without an end of its own goes on for so long. */
const spanMs = 700;
const senders = 6;
const rowsPerBatch = 40;
const rowsPerFile = 3000;
const rowsPerSession = 10;

const meetingSchema = z.object({
  people: z.array(
    z.object({ agentId: z.string(), grade: z.string().nullable(), scale: z.string(), fixed: z.string().nullable() }),
  ),
  scales: z.record(z.string(), z.array(z.object({ id: z.string(), byRedLine: z.boolean() }))),
});

export class Work {
  private made = 0;
  /** What the server said to what failed, or was sent last. */
  private last = { status: 0, body: '' };
  private readonly usual = new Map<Phase, number>();
  private readonly states = new Map<string, string>();

  constructor(
    private readonly heng: Installation,
    readonly promised: Promised,
  ) {}

  /** Does each kind of work once without a fault, to know how long it takes. */
  async measure(phases: readonly Phase[]): Promise<ReadonlyMap<Phase, number>> {
    for (const phase of phases) {
      await this.prepare(phase);
      const began = performance.now();
      const work = this.begin(phase);
      while (work.open() && performance.now() - began < 120_000) await sleep(10);
      this.usual.set(phase, performance.now() - began);
      await work.end();
    }
    return this.usual;
  }

  usualMs(phase: Phase): number {
    return this.usual.get(phase) ?? spanMs;
  }

  /** Brings a period to where the work of the phase begins. */
  async prepare(phase: Phase): Promise<void> {
    if (phase === 'close') await this.periodThatIs('open');
    if (phase === 'publish' || phase === 'meeting') await this.periodThatIs('closed');
  }

  begin(phase: Phase): Begun {
    switch (phase) {
      case 'ingest':
        return this.goOn(senders, () => this.send());
      case 'import':
        return this.importing();
      case 'close':
        return this.closing();
      case 'publish':
        return this.publishing();
      case 'meeting':
        return this.goOn(1, () => this.move());
      case 'ledger':
        return this.goOn(1, () => this.changeDefinition());
    }
  }

  /** Does `once` again and again, side by side, until it is over. */
  private goOn(times: number, once: () => Promise<boolean>): Begun {
    let [open, over] = [0, false];
    const until = performance.now() + spanMs;
    const one = async () => {
      while (!over && performance.now() < until) {
        open += 1;
        const went = await once();
        open -= 1;
        // Whoever is refused does not try at once again.
        if (!went) await sleep(20);
      }
    };
    const all = Promise.all(Array.from({ length: times }, one));
    return {
      open: () => open > 0,
      end: async () => {
        over = true;
        await all;
      },
    };
  }

  private async send(): Promise<boolean> {
    const name = `B${++this.made}`;
    const rows = messagesOf(name, rowsPerBatch);
    if (await this.sendRows(rows)) return true;
    this.promised.owed.push(rows);
    return false;
  }

  private async sendRows(rows: Row[]): Promise<boolean> {
    const answer = await this.heng.call('POST', '/api/ingest/messages', rows);
    this.last = answer;
    if (answer.status !== 200) return false;
    const { accepted, duplicates, rejected } = ingestAnswerSchema.parse(JSON.parse(answer.body));
    if (accepted + duplicates !== rows.length || rejected.length > 0) throw new Error(`half a batch: ${answer.body}`);
    for (const { message_id } of rows) this.promised.messages.add(message_id as string);
    return true;
  }

  /** What a client does when the server is back: sends what was not acknowledged, and each batch of it twice. */
  async sendOwed(): Promise<void> {
    for (const rows of this.promised.owed.splice(0)) {
      for (const _ of ['once', 'again'])
        if (!(await this.sendRows(rows)))
          throw new Error(`a batch is refused after the fault is over: ${this.last.status} ${this.last.body}`);
    }
  }

  /** A file of messages; whoever makes one imports it until all of it is in. */
  makeFile(): Promised['files'][number] {
    const name = `F${++this.made}`;
    const rows = messagesOf(name, rowsPerFile);
    const columns = Object.keys(rows[0] ?? {});
    const text = [columns.join(','), ...rows.map((row) => columns.map((column) => row[column]).join(','))].join('\n');
    return { name: `messages-${name}.csv`, text, rows: rows.length };
  }

  private importing(): Begun {
    const file = this.makeFile();
    this.promised.files.push(file);
    return working(async (over) => {
      await this.importFile(file, over);
    });
  }

  /** What a client does when the server is back: imports the files that may not be whole. */
  async importOwed(): Promise<void> {
    for (const file of this.promised.files.splice(0))
      if (!(await this.importFile(file)))
        throw new Error(`${file.name} is not whole after it was imported again: ${this.last.status} ${this.last.body}`);
  }

  /** Uploads, imports and waits for the end; answers whether all rows are in. */
  async importFile(file: Promised['files'][number], over: () => boolean = () => false): Promise<boolean> {
    const upload = await this.heng.call('POST', `/api/uploads?name=${file.name}`, Buffer.from(`${file.text}\n`));
    this.last = upload;
    if (upload.status !== 200) return false;
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(upload.body));
    const started = await this.heng.call('POST', `/api/uploads/${id}/import`, {});
    this.last = started;
    if (started.status !== 202) return false;
    const { importId } = z.object({ importId: z.number() }).parse(JSON.parse(started.body));
    for (;;) {
      const answer = await this.heng.call('GET', `/api/imports/${importId}`);
      if (answer.status === 200) {
        const entry = importSchema.parse(JSON.parse(answer.body));
        const [part] = entry.files;
        if (entry.state === 'failed') {
          this.last = answer;
          return false;
        }
        if (entry.state === 'done') return part !== undefined && part.accepted + part.duplicates === file.rows;
      }
      if (over()) return false;
      await sleep(20);
    }
  }

  private closing(): Begun {
    const period = this.inState('open');
    return working(async (over) => {
      const { status } = await this.post(period, 'close');
      if (status !== 202) return;
      for (;;) {
        const cycle = await this.cycle(period);
        if (cycle?.state === 'closed') this.states.set(period, 'closed');
        if (cycle?.state === 'closed' || (cycle && cycle.work?.failure !== null) || over()) return;
        await sleep(20);
      }
    });
  }

  private publishing(): Begun {
    const period = this.inState('closed');
    return working(async () => {
      const { status } = await this.post(period, 'publish');
      if (status !== 204) return;
      this.promised.published.add(period);
      this.states.set(period, 'published');
    });
  }

  private async move(): Promise<boolean> {
    const period = this.inState('closed');
    const answer = await this.heng.call('GET', `/api/cycles/${period}/meeting`);
    if (answer.status !== 200) return false;
    const { people, scales } = meetingSchema.parse(JSON.parse(answer.body));
    const movable = people.filter(({ fixed }) => fixed === null);
    const person = movable[this.made % movable.length];
    const grade = scales[person?.scale ?? '']?.find(({ id, byRedLine }) => id !== person?.grade && !byRedLine);
    if (!person || !grade) throw new Error(`nobody to move in ${period}`);
    const reason = `move ${++this.made}`;
    const asked = { agentId: person.agentId, grade: grade.id, reason };
    const { status } = await this.heng.call('POST', `/api/cycles/${period}/meeting/moves`, asked);
    if (status === 200) this.promised.moves.add(reason);
    return status === 200;
  }

  private async changeDefinition(): Promise<boolean> {
    const reason = `definition ${++this.made}`;
    const changes = [{ metric: 'reply_rate', options: {}, minN: 1 + (this.made % 1000) }];
    const { status } = await this.heng.call('POST', '/api/metrics/changes', { changes, reason });
    if (status === 200) this.promised.definitions.add(reason);
    return status === 200;
  }

  /** Where the periods stand now, as the server says; throws where one went back. */
  async look(): Promise<void> {
    for (const [period, before] of this.states) {
      const cycle = await this.cycleSoon(period);
      if (order.indexOf(cycle.state) < order.indexOf(before))
        throw new Error(`${period} was ${before}, is ${cycle.state}`);
      this.states.set(period, cycle.state);
    }
  }

  periods(state: string): string[] {
    return [...this.states].flatMap(([period, is]) => (is === state ? [period] : []));
  }

  private inState(state: string): string {
    const [period] = this.periods(state);
    if (period === undefined) throw new Error(`no period is ${state}`);
    return period;
  }

  private async periodThatIs(state: 'open' | 'closed'): Promise<void> {
    if (this.periods(state).length > 0) return;
    if (state === 'open') {
      const next = months[this.states.size];
      if (next === undefined) throw new Error('all months are used up');
      await this.demand(next, 'open', 204);
      this.states.set(next, 'open');
      return;
    }
    await this.periodThatIs('open');
    const period = this.inState('open');
    await this.demand(period, 'close', 202);
    for (let cycle = await this.cycle(period); cycle?.state !== 'closed'; cycle = await this.cycle(period)) {
      if (cycle && cycle.work?.failure !== null)
        throw new Error(`${period} is not closed: ${JSON.stringify(cycle.work)}`);
      await sleep(20);
    }
    this.states.set(period, 'closed');
  }

  /** As people do who are told that another period is still being moved: asks again, for a few seconds. */
  private async demand(period: string, verb: string, wanted: number): Promise<void> {
    for (let waited = 0; ; waited += 200) {
      const { status, body } = await this.post(period, verb);
      if (status === wanted) return;
      if (!body.includes('"cycle.busy') || waited > 10_000) throw new Error(`${verb} ${period}: ${status} ${body}`);
      await sleep(200);
    }
  }

  private post(period: string, verb: string) {
    return this.heng.call('POST', `/api/cycles/${period}/${verb}`, { reason: because });
  }

  /** As people do who are told that a database is being started: asks again, for a few seconds. */
  private async cycleSoon(period: string) {
    for (let waited = 0; ; waited += 200) {
      const cycle = await this.cycle(period);
      if (cycle) return cycle;
      if (this.last.status !== 503 || waited > 10_000)
        throw new Error(`${period} cannot be read: ${this.last.status} ${this.last.body}`);
      await sleep(200);
    }
  }

  private async cycle(period: string) {
    const answer = await this.heng.call('GET', `/api/cycles/${period}`);
    const { status, body } = answer;
    if (status !== 200) this.last = answer;
    return status === 200 ? cyclePageSchema.parse(JSON.parse(body)) : null;
  }
}

const order = ['draft', 'open', 'closed', 'published', 'final'];

/** One piece of work, with an end of its own. */
function working(work: (over: () => boolean) => Promise<void>): Begun {
  let [open, over] = [true, false];
  const done = work(() => over).finally(() => (open = false));
  return {
    open: () => open,
    end: async () => {
      over = true;
      await done;
    },
  };
}

export function messagesOf(name: string, rows: number): Row[] {
  return Array.from({ length: rows }, (_, n) => ({
    session_id: `${name}-${Math.floor(n / rowsPerSession)}`,
    at: new Date(Date.parse('2026-10-12T02:00:00Z') + n * 1000).toISOString(),
    sender: n % 2 === 0 ? 'customer' : 'agent',
    sender_id: n % 2 === 0 ? `c-${name}` : (agents[n % agents.length] as string),
    text: `message ${n} of ${name}`,
    message_id: `${name}-${n}`,
  }));
}
