import type { Actor } from '../../people/actor.ts';
import { audit } from '../../people/audit.ts';
import { authorise } from '../../people/authorise.ts';
import { Invalid } from '../../platform/errors.ts';
import type { Deps } from '../../platform/http.ts';
import { transaction } from '../../platform/transaction.ts';
import type { ChangeThresholds } from '../schemas.ts';
import { signals } from '../signals.ts';
import { chosenThresholds, keepThresholds } from '../thresholdStore.ts';
import { type ThresholdValues, thresholdIssues } from '../thresholds.ts';
import { wholeOrganisation } from './runSignals.ts';

/**
 * Sets thresholds for the runs to come; versions already kept stay as they were. null goes back to the standard. All or nothing:
 * throws Invalid `signals.invalid` with every issue and its place.
 */
export async function changeThresholds(deps: Deps, actor: Actor, input: ChangeThresholds): Promise<void> {
  authorise(actor, 'signal.write', wholeOrganisation);
  const issues = thresholdIssues(signals, input.values);
  if (issues.length > 0) throw new Invalid('signals.invalid', issues);
  await transaction(deps.stores.postgres, async (postgres) => {
    await postgres.query('LOCK TABLE settings IN SHARE ROW EXCLUSIVE MODE');
    const before = await chosenThresholds(postgres);
    const after: ThresholdValues = Object.fromEntries(
      [...new Set([...Object.keys(before), ...Object.keys(input.values)])].map((id) => {
        const merged = Object.entries({ ...before[id], ...input.values[id] });
        return [id, Object.fromEntries(merged.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))];
      }),
    );
    await keepThresholds(postgres, after);
    await audit(deps, actor, 'signals.thresholds', JSON.stringify(input.values), postgres);
  });
}
