import type { SignalDefinition } from './signalDefinition.ts';
import { conversationSignals } from './signals/conversations.ts';
import { outcomeSignals } from './signals/outcomes.ts';
import { workSignals } from './signals/work.ts';

/** Every signal, in the order in which pages list them. */
export const signals: readonly SignalDefinition[] = [...conversationSignals, ...workSignals, ...outcomeSignals];
