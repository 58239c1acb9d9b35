import type { Stores } from './stores.ts';

export interface TestStores extends Stores {
  close(): Promise<void>;
}

/** Fresh, migrated databases on real embedded engines, which all test files of a run share. */
export async function startTestStores(): Promise<TestStores> {
  throw new Error('not written yet');
}

/** The same on two shards of real child servers. */
export async function startTestCluster(): Promise<TestStores> {
  throw new Error('not written yet');
}
