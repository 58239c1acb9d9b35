import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDemo } from '../src/demo/generateDemo.ts';
import type { Gaming } from '../src/demo/plantGaming.ts';
import { writeDemo } from '../src/demo/writeDemo.ts';
import { importFiles } from '../src/ingest/importFiles.ts';
import type { SignalsPage } from '../src/insights/schemas.ts';
import { signals } from '../src/insights/signals.ts';
import { deriveAfterCommit } from '../src/pipeline.ts';
import { packageRoot } from '../src/platform/root.ts';
import { openTestApp, type TestApp } from './testApp.ts';

const period = '2026-08-01..2026-10-31';
const least = { precision: 0.8, recall: 0.7 };

/** A company in which known people game the figures, by code that knows nothing of the signals. */
let heng: TestApp;
let truth: Gaming['truth'] = [];
let page: SignalsPage;

beforeAll(async () => {
  heng = await openTestApp();
  heng.clock.nowMs = Date.parse('2026-11-05T09:00:00+08:00');
  const folder = mkdtempSync(join(tmpdir(), 'heng-planted-'));
  try {
    const company = { seed: 20_261_001, agents: 90, months: 3, until: '2026-10-31' };
    await writeDemo(generateDemo({ ...company, plant: (planted) => (truth = planted) }), folder);
    await importFiles(heng.deps, {
      paths: [folder],
      source: 'files',
      by: 'test',
      afterCommit: deriveAfterCommit(heng.deps),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const inspector = await heng.signedIn({ role: 'inspector' });
  const answer = await inspector('POST', '/api/signals/runs', { period });
  if (answer.status !== 200) throw new Error(await answer.text());
  page = (await answer.json()) as SignalsPage;
});
afterAll(() => heng?.close());

interface Tally {
  readonly id: string;
  readonly planted: number;
  readonly found: number;
  readonly right: number;
}

function tallies(): Tally[] {
  return signals.map(({ id }) => {
    const planted = truth.filter(({ habit }) => habit === id).map(({ agent_id }) => agent_id);
    const found = page.findings.filter(({ signal }) => signal === id).map(({ agentId }) => agentId);
    return {
      id,
      planted: planted.length,
      found: found.length,
      right: found.filter((agent) => planted.includes(agent)).length,
    };
  });
}

const sum = (of: (tally: Tally) => number) => tallies().reduce((total, tally) => total + of(tally), 0);

describe('signals of gaming on a company with planted gaming', () => {
  it('finds most of those who game and accuses few of the others', () => {
    console.table(tallies());
    const precision = sum(({ right }) => right) / sum(({ found }) => found);
    const recall = sum(({ right }) => right) / sum(({ planted }) => planted);
    console.log(`precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`);
    expect(truth.length).toBeGreaterThan(30);
    expect(precision).toBeGreaterThanOrEqual(least.precision);
    expect(recall).toBeGreaterThanOrEqual(least.recall);
  });

  it('finds at least one of those who game in every way that can be measured', () => {
    const measured = page.signals.filter(({ status }) => status === 'measured').map(({ id }) => id);
    expect(measured).toHaveLength(16);
    expect(tallies().filter(({ id, right }) => measured.includes(id) && right === 0)).toEqual([]);
  });

  it('opens at least five records for each finding, each of which exists', async () => {
    expect(
      page.findings.filter(({ evidence }) => evidence.length < 5).map(({ signal, agentId }) => [signal, agentId]),
    ).toEqual([]);
    const inspector = await heng.signedIn({ role: 'inspector' });
    const kinds = new Map(page.findings.flatMap(({ evidence }) => evidence).map((each) => [each.kind, each]));
    for (const { open, id } of kinds.values()) {
      if (open)
        expect([id, (await inspector('GET', `/api/${open}s/${encodeURIComponent(id)}`)).status]).toEqual([id, 200]);
    }
    expect([...kinds.keys()].sort()).toEqual(['order', 'session', 'ticket']);
  });

  it('says that a signal without its data cannot be measured, which is not the same as nothing found', () => {
    const spam = page.signals.find(({ id }) => id === 'knowledge_spam');
    expect(spam).toMatchObject({ status: 'notMeasurable', people: null });
    expect(spam?.lacks.map(({ zh }) => zh).join()).toContain('知识库');
  });

  it('finds the same again, and then adds no version', async () => {
    const inspector = await heng.signedIn({ role: 'inspector' });
    heng.clock.nowMs += 60_000;
    const again = (await (await inspector('POST', '/api/signals/runs', { period })).json()) as SignalsPage;
    expect(again.run?.version).toBe(page.run?.version);
    expect(again.findings).toEqual(page.findings);
    expect(again.run?.checkedAt).not.toBe(page.run?.checkedAt);
  });

  it('shows a supervisor those of their own teams only', async () => {
    const team = page.findings[0]?.team ?? '';
    const supervisor = await heng.signedIn({ role: 'supervisor', scope: { kind: 'teams', teams: [team] } });
    const own = (await (await supervisor('GET', `/api/signals?period=${period}`)).json()) as SignalsPage;
    expect(own.findings).toEqual(page.findings.filter((finding) => finding.team === team));
    expect(own.findings.length).toBeGreaterThan(0);
    expect(own.mayChange).toBe(false);
  });

  it('is described with the bounds that this test holds it to', () => {
    const doc = readFileSync(join(packageRoot, 'docs/signals.md'), 'utf8');
    expect(doc).toContain(`${least.precision * 100}%`);
    expect(doc).toContain(`${least.recall * 100}%`);
    expect([...doc.matchAll(/^\| `(\w+)` \|/gm)].map(([, id]) => id)).toEqual(signals.map(({ id }) => id));
  });
});
