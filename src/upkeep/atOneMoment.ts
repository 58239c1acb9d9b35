import { holding, type LockName } from '../platform/advisoryLock.ts';
import type { Stores } from '../platform/stores.ts';

/**
 * Everybody who writes facts, in the order in which those who need two of these locks take them: closing before importing, importing
 * before deriving. The ledger last, so that the file of its last checkpoint fits its tables.
 */
const writers: readonly LockName[] = [
  ...(['cycles', 'inspection', 'inspectionFacts', 'assessmentFacts', 'appealFacts'] as const),
  ...(['writers', 'derivers', 'ledger'] as const),
];

/** Runs `work` while nobody writes facts; whoever would waits for as long as it takes. */
export function atOneMoment<Result>({ postgres }: Stores, work: () => Promise<Result>): Promise<Result> {
  return writers.reduceRight<() => Promise<Result>>(
    (inner, name) => () => holding(postgres, name, 'wait', inner),
    work,
  )();
}
