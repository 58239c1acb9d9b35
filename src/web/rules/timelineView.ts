import type { Transcript } from '../../metrics/schemas.ts';
import type { SessionInspection } from '../../quality/rules/schemas.ts';

const knownEvents = [
  ...(['queued', 'assigned', 'transferred', 'escalated', 'handoff', 'invited'] as const),
  ...(['abandoned', 'reopened', 'closed', 'kb_used', 'rated', 'first'] as const),
] as const;
type KnownEvent = (typeof knownEvents)[number];

export interface TimelineEvent {
  /** Tells equal events apart. */
  readonly id: string;
  readonly at: string;
  readonly what: string;
  readonly known: KnownEvent | null;
  readonly agentName: string | null;
  readonly value: string;
}

/** What happened from the first contact to the close, and the rating after it, in order. */
export function timelineOf({ timeline }: SessionInspection, { session }: Transcript): TimelineEvent[] {
  const event = (at: string, what: string, agentName: string | null = null, value = '') => ({
    ...{ at, what, agentName, value },
    known: knownEvents.find((each) => each === what) ?? null,
  });
  const hasClose = timeline.some(({ what }) => what === 'closed');
  return [
    event(session.startedAt, 'first'),
    ...timeline.map(({ at, what, agentName, value }) => event(at, what, agentName, value)),
    ...(session.endedAt && !hasClose ? [event(session.endedAt, 'closed')] : []),
    ...(session.rating ? [event(session.rating.at, 'rated', null, '★'.repeat(session.rating.score))] : []),
  ]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((each, i) => ({ ...each, id: `${i} ${each.at}` }));
}
