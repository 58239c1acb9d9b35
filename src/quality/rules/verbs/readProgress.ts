import type { Actor } from '../../../people/actor.ts';
import { authorise } from '../../../people/authorise.ts';
import type { Deps } from '../../../platform/http.ts';
import { engineErrors } from '../../engineErrors.ts';
import { currentNumber, lastEngine } from '../ruleStore.ts';
import type { Progress } from '../schemas.ts';
import { isDeriving, lastDerivation, readState } from '../stateStore.ts';

/** How far the inspection of text is, beside the imports and apart from their figures. */
export async function readProgress(deps: Pick<Deps, 'stores'>, actor: Actor): Promise<Progress> {
  authorise(actor, 'import.read');
  return progressOf(deps);
}

export async function progressOf({ stores: { postgres } }: Pick<Deps, 'stores'>): Promise<Progress> {
  const [state, last, number, engine, deriving] = await Promise.all([
    readState(postgres),
    lastDerivation(postgres),
    currentNumber(postgres),
    lastEngine(postgres),
    isDeriving(postgres),
  ]);
  return {
    upToDate: !deriving && last.version <= state.through && number <= state.ruleSet,
    ...{ doing: state.doing, done: state.done, total: state.total, inspectedAt: state.inspectedAt },
    lagSeconds: state.lagMs === null ? null : state.lagMs / 1000,
    ...{ failure: state.failure, failedAt: state.failedAt, ruleSet: number },
    engine: engine === null || engine.engine === '' ? null : { version: engine.engine, errors: [...engineErrors] },
  };
}
