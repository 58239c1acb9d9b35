import { command as demo } from './demo/command.ts';
import { command as metrics } from './metrics/command.ts';
import type { Command } from './platform/command.ts';
import { command as start } from './start.ts';

/** Everything `heng` can do, in the order in which its help lists it. */
export const commands: readonly Command[] = [start, metrics, demo];
