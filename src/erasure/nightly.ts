import type { Actor } from '../people/actor.ts';
import type { Deps } from '../platform/http.ts';
import { retain } from './verbs/retention.ts';

const itself: Actor = { userId: 'nightly', name: 'Heng', role: 'administrator', scope: { kind: 'all' }, agentId: null };

/** Removes texts by the policy of retention every night. */
export const retainJob = {
  name: 'retention',
  async run(deps: Deps): Promise<void> {
    await retain(deps, itself);
  },
};
