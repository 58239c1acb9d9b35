import type { Ingest } from '../ingest/ingest.ts';
import type { Deps, HengApp } from '../platform/http.ts';
import type { AssistantGiven } from './assistant/assistantStore.ts';
import { assistantRoutes } from './assistant/routes.ts';
import { calibrationRoutes } from './calibration/routes.ts';
import { caseRoutes } from './cases/routes.ts';
import { inspectionRoutes } from './inspections/routes.ts';
import { rubricRoutes } from './rubrics/routes.ts';
import { sampleRoutes } from './sampling/routes.ts';

/** Quality by people: rubrics, samples, inspections, calibration, best cases; and the language model that may assist. */
export function qualityRoutes(app: HengApp, deps: Deps, ingest: Ingest, assistant: AssistantGiven): void {
  rubricRoutes(app, deps);
  sampleRoutes(app, deps);
  inspectionRoutes(app, deps, ingest);
  calibrationRoutes(app, deps, ingest);
  assistantRoutes(app, deps, assistant);
  caseRoutes(app, deps);
}
