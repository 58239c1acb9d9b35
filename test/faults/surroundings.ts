import { clockJumps } from './clock.ts';
import { badConnections } from './connections.ts';
import { badDelivery } from './delivery.ts';
import { diskFull } from './disk.ts';
import type { Survived } from './survived.ts';

/** Faults of what surrounds Heng, by the name under which they can be asked for: each in an installation of its own. */
export const surroundings: Readonly<Record<string, (dataDir: string, survived: Survived) => Promise<void>>> = {
  delivery: badDelivery,
  clock: clockJumps,
  connections: badConnections,
  disk: diskFull,
};
