import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../src/platform/root.ts';
import { builtPages } from '../company.ts';
import { reach } from './reach.ts';

const web = join(packageRoot, 'dist/web');
const chunkSchema = z.object({
  file: z.string(),
  imports: z.array(z.string()).default([]),
  dynamicImports: z.array(z.string()).default([]),
  isEntry: z.boolean().default(false),
});
const kB = 1000;

const frame = ['index.html', 'text/zh.ts', 'text/zhInside.ts', 'text/enInside.ts', 'shell/Shell.tsx'];
/** Everything a page may come to load while somebody works on it: also what opens later, and the other language. */
const pages: Readonly<Record<string, { readonly entries: readonly string[]; readonly limit: number }>> = {
  '/sign-in': { entries: ['index.html', 'text/zh.ts', 'text/en.ts', 'pages/SignIn.tsx'], limit: 200 * kB },
  '/setup': { entries: ['index.html', 'text/zh.ts', 'text/en.ts', 'pages/SetUp.tsx'], limit: 200 * kB },
  '/': { entries: [...frame, 'text/en.ts', 'pages/OverviewPage.tsx'], limit: 480 * kB },
  '/scorecards': { entries: [...frame, 'text/en.ts', 'pages/ScorecardsPage.tsx'], limit: 480 * kB },
  '/scorecards/$agentId': {
    entries: [...frame, 'text/en.ts', 'pages/CardPage.tsx', 'evidence/EvidenceDrawer.tsx'],
    limit: 480 * kB,
  },
  '/sessions/$sessionId': { entries: [...frame, 'text/en.ts', 'pages/SessionPage.tsx'], limit: 480 * kB },
  '/plans': { entries: [...frame, 'text/en.ts', 'pages/PlansPage.tsx'], limit: 480 * kB },
  '/plans/$planId': { entries: [...frame, 'text/en.ts', 'pages/PlanPage.tsx'], limit: 480 * kB },
  '/drafts/$draftId': { entries: [...frame, 'text/en.ts', 'pages/DraftPage.tsx'], limit: 480 * kB },
  '/exemptions': { entries: [...frame, 'text/en.ts', 'pages/ExemptionsPage.tsx'], limit: 480 * kB },
  '/try': { entries: [...frame, 'text/en.ts', 'pages/TryPage.tsx'], limit: 480 * kB },
  '/try/funnel': { entries: [...frame, 'text/en.ts', 'pages/FunnelPage.tsx'], limit: 480 * kB },
  '/metrics': { entries: [...frame, 'text/en.ts', 'pages/MetricsPage.tsx'], limit: 480 * kB },
  '/metrics/$metricId': { entries: [...frame, 'text/en.ts', 'pages/MetricPage.tsx'], limit: 480 * kB },
  '/metrics/compose': { entries: [...frame, 'text/en.ts', 'pages/ComposePage.tsx'], limit: 480 * kB },
  '/metrics/history': { entries: [...frame, 'text/en.ts', 'pages/DefinitionLogPage.tsx'], limit: 480 * kB },
  '/data': { entries: [...frame, 'text/en.ts', 'pages/DataPage.tsx'], limit: 480 * kB },
  '/data/upload': { entries: [...frame, 'text/en.ts', 'pages/UploadPage.tsx'], limit: 480 * kB },
  '/calendar': { entries: [...frame, 'text/en.ts', 'pages/CalendarPage.tsx'], limit: 480 * kB },
  '/signals': {
    entries: [...frame, 'text/en.ts', 'pages/SignalsPage.tsx', 'signals/RecordDrawer.tsx'],
    limit: 480 * kB,
  },
  '/quality': { entries: [...frame, 'text/en.ts', 'pages/QualityPage.tsx'], limit: 480 * kB },
  '/quality/inspections/$taskId': { entries: [...frame, 'text/en.ts', 'pages/InspectionPage.tsx'], limit: 480 * kB },
  '/quality/cases': { entries: [...frame, 'text/en.ts', 'pages/CasesPage.tsx'], limit: 480 * kB },
  '/quality/samples': { entries: [...frame, 'text/en.ts', 'pages/SamplesPage.tsx'], limit: 480 * kB },
  '/quality/rubrics': { entries: [...frame, 'text/en.ts', 'pages/RubricsPage.tsx'], limit: 480 * kB },
  '/quality/assistant': { entries: [...frame, 'text/en.ts', 'pages/AssistantPage.tsx'], limit: 480 * kB },
  '/quality/calibration': { entries: [...frame, 'text/en.ts', 'pages/CalibrationPage.tsx'], limit: 480 * kB },
  '/rules': { entries: [...frame, 'text/en.ts', 'pages/RulesPage.tsx'], limit: 480 * kB },
  '/rules/$ruleId': { entries: [...frame, 'text/en.ts', 'pages/RulePage.tsx'], limit: 480 * kB },
  '/word-lists/$listId': { entries: [...frame, 'text/en.ts', 'pages/WordListPage.tsx'], limit: 480 * kB },
  '/ledger': {
    entries: [
      ...frame,
      'text/en.ts',
      'pages/LedgerPage.tsx',
      '../ledger/verifyReceipt.ts',
      '../ledger/compareCheckpoints.ts',
    ],
    limit: 480 * kB,
  },
  '/skills': { entries: [...frame, 'text/en.ts', 'pages/SkillsPage.tsx'], limit: 480 * kB },
  '/skills/$agentId': { entries: [...frame, 'text/en.ts', 'pages/PersonSkillsPage.tsx'], limit: 480 * kB },
  '/review': { entries: [...frame, 'text/en.ts', 'pages/ReviewPage.tsx'], limit: 480 * kB },
  '/people': { entries: [...frame, 'text/en.ts', 'pages/PeoplePage.tsx'], limit: 480 * kB },
};

beforeAll(() => builtPages(inject('hengCompany')));

test.each(Object.entries(pages))('the page %s needs no more script than its limit', (path, { entries, limit }) => {
  const text = readFileSync(join(web, '.vite/manifest.json'), 'utf8');
  const manifest = z.record(z.string(), chunkSchema).parse(JSON.parse(text));
  const files = reach(manifest, entries).filter((file) => file.endsWith('.js'));
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(web, file)), { level: 9 }).length, 0);
  console.info(
    `${path.padEnd(22)} ${(bytes / kB).toFixed(1)} kB gzipped in ${files.length} files (limit ${limit / kB})`,
  );
  expect(bytes).toBeGreaterThan(50 * kB);
  expect(bytes).toBeLessThanOrEqual(limit);
});
