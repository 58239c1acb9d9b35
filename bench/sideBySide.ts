import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/platform/root.ts';
import { companyOf, size } from './benchCompany.ts';
import { differences } from './sameFigures.ts';
import { writeCompany } from './sideBySide/companyFiles.ts';
import { type Measured, type MeasuredSize, sectionOf } from './sideBySide/results.ts';
import { type RunningSide, runSide, type Timed } from './sideBySide/runSide.ts';
import { answerable, mends, type Question, type SideName, sideNames } from './sideBySide/side.ts';

/** Millions of messages, one size after the other: HENG_BENCH_MILLIONS=1,10,50 asks for three, and to have the results written. */
const asked = process.env.HENG_BENCH_MILLIONS;
/** Whom to measure: HENG_BENCH_SIDES=heng,duckdb leaves PostgreSQL out, which takes longest. Heng is what the others are compared with. */
const wanted = (process.env.HENG_BENCH_SIDES ?? sideNames.join()).split(',');
const rounds = 5;
const looks = 50;

/**
 * The same company held three ways: in Heng, in DuckDB by hand-written SQL, in PostgreSQL by reporting events. Loaded one after the
 * other, asked in turn; figures are compared to the last digit before times are. Prints the section of bench/RESULTS.md, and
 * writes it where sizes were asked for: a run of all benches leaves it as it is.
 */
export async function run() {
  const sizes = (asked ?? '1').split(',').map(Number);
  const unknown = wanted.filter((name) => !(sideNames as readonly string[]).includes(name));
  if (unknown.length > 0 || !sizes.every((millions) => millions > 0))
    throw new Error(`HENG_BENCH_MILLIONS=${asked} HENG_BENCH_SIDES=${wanted}? ${sideNames.join()}`);
  const measured: MeasuredSize[] = [];
  const versions: string[] = [];
  for (const millions of sizes) {
    const { size: one, versions: used } = await measure(millions);
    measured.push(one);
    versions.splice(0, versions.length, ...used);
  }
  const section = sectionOf(measured, about(versions));
  if (asked !== undefined) writeSection(section);
  process.stderr.write(`${section}\n`);
  return { name: 'the same company in Heng, DuckDB and PostgreSQL', measured };
}

async function measure(millions: number): Promise<{ size: MeasuredSize; versions: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'heng-bench-'));
  const company = companyOf((millions * 1_000_000) / size.messagesPerSession);
  const sides: RunningSide[] = [];
  try {
    const files = join(folder, 'files');
    const late = join(folder, 'late');
    for (const made of [files, late]) mkdirSync(made);
    await writeCompany(company, { files, late });
    const [before = 0] = loadavg();
    const loaded: Partial<Record<SideName, Pick<Measured, 'ingest' | 'derive' | 'settle' | 'bytes'>>> = {};
    for (const name of sideNames.filter((one) => wanted.includes(one))) {
      const data = join(folder, name);
      mkdirSync(data);
      const side = await runSide(name, { files, data });
      sides.push(side);
      loaded[name] = {
        ingest: await told(side, 'loading', side.call('ingest')),
        derive: await told(side, 'making', side.call('derive')),
        settle: await told(side, 'settling', side.call('settle')),
        bytes: (await side.time('bytes')).value,
      };
    }
    const answers = await askInTurn(sides);
    const drilled = await drillInTurn(sides);
    const mended: Partial<Record<SideName, Pick<Measured, 'late'>>> = {};
    for (const side of sides.filter(({ name }) => mends.includes(name)))
      mended[side.name] = { late: await told(side, 'late messages', side.call('late', late)) };
    await compare(sides, ['written']);
    const [after = 0] = loadavg();
    const result = Object.fromEntries(
      sides.map(({ name }) => [name, { ...loaded[name], ...answers[name], ...drilled[name], ...mended[name] }]),
    ) as unknown as MeasuredSize['sides'];
    return {
      size: { millions, sessions: company.sessions, agents: company.agents, load: [before, after], sides: result },
      versions: sides.map(({ version }) => version),
    };
  } finally {
    // What failed is told, and not that a process which has died cannot be closed.
    await Promise.allSettled(sides.map((side) => side.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says at once how long something took: a run of the larger sizes is long. */
async function told<Answer extends { ms: number }>(side: RunningSide, what: string, work: Promise<Answer>) {
  const answer = await work;
  process.stderr.write(`${side.name} ${what}: ${(answer.ms / 1000).toFixed(1)} s\n`);
  return answer;
}

type Answers = Record<SideName, Pick<Measured, 'first' | 'asked'>>;

/** Throws where two sides tell different figures. */
async function askInTurn(sides: readonly RunningSide[]): Promise<Answers> {
  const first = perSide((): Partial<Record<Question, Measured['first'][Question]>> => ({}));
  const asked = perSide((): Partial<Record<Question, Timed<void>[]>> => ({}));
  for (const side of sides)
    for (const question of answerable[side.name]) first[side.name][question] = await side.call('ask', question);
  await compare(sides, ['written', 'events', 'daily', 'fromQuestion']);
  for (let round = 0; round < rounds; round++) {
    for (const question of ['all', 'written', 'events', 'daily', 'fromQuestion'] as const) {
      for (const side of sides.filter(({ name }) => answerable[name].includes(question))) {
        const answered = await side.call('ask', question);
        asked[side.name][question] = [...(asked[side.name][question] ?? []), answered];
      }
    }
  }
  return perSide((name) => ({ first: first[name], asked: asked[name] })) as Answers;
}

async function compare(sides: readonly RunningSide[], questions: readonly Question[]): Promise<void> {
  const heng = sides.find(({ name }) => name === 'heng');
  if (!heng) throw new Error('nothing to compare with');
  for (const question of questions) {
    await heng.time('ask', question === 'daily' ? 'events' : question);
    const ours = (await heng.time('told')).value;
    for (const side of sides.filter((one) => one !== heng && answerable[one.name].includes(question))) {
      await side.time('ask', question);
      const theirs = (await side.time('told')).value;
      if (Object.keys(theirs).length === 0) throw new Error(`${side.name} tells nothing of ${question}`);
      const different = differences(ours, theirs);
      if (different.length > 0)
        throw new Error(`${different.length} figures of ${side.name} differ: ${different.slice(0, 5).join('; ')}`);
    }
  }
}

/** From an agent's figure to its sessions, and on to what was said in one of them. */
async function drillInTurn(sides: readonly RunningSide[]) {
  const sessionsMs = perSide((): number[] => []);
  const transcriptMs = perSide((): number[] => []);
  for (let look = 0; look < looks; look++) {
    const agent = `A${String((look * 37) % size.agents).padStart(4, '0')}`;
    const lists = new Set<string>();
    for (const side of sides) {
      const { value, ms } = await side.time('sessionsBehind', agent);
      sessionsMs[side.name].push(ms);
      lists.add(value.join());
      const session = value[look % value.length];
      if (session === undefined) throw new Error(`${side.name} knows no session of ${agent}`);
      const read = await side.time('transcript', session);
      if (read.value !== size.messagesPerSession) throw new Error(`${side.name}: ${read.value} messages of ${session}`);
      transcriptMs[side.name].push(read.ms);
    }
    if (lists.size !== 1) throw new Error(`the sessions of ${agent} differ`);
  }
  return perSide((name) => ({ sessionsMs: sessionsMs[name], transcriptMs: transcriptMs[name] }));
}

const perSide = <Value>(make: (name: SideName) => Value): Record<SideName, Value> =>
  Object.fromEntries(sideNames.map((name) => [name, make(name)])) as Record<SideName, Value>;

function about(versions: readonly string[]): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpu?.model.trim()}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, ${versions.join(', ')}.`;
}

const marks = ['<!-- sideBySide: written by the bench -->', '<!-- sideBySide: end -->'] as const;

function writeSection(section: string): void {
  const file = join(packageRoot, 'bench/RESULTS.md');
  const text = readFileSync(file, 'utf8');
  const [from, to] = marks.map((mark) => text.indexOf(mark)) as [number, number];
  if (from < 0 || to < from) throw new Error('bench/RESULTS.md has no place for this section');
  writeFileSync(file, `${text.slice(0, from)}${marks[0]}\n${section}\n${text.slice(to)}`);
}
