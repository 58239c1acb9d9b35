import type { FrozenCard } from '../../scores/frozenCardStore.ts';

/** An incident as a frozen card has it. */
export interface CardIncident {
  readonly incidentId: string;
  readonly incident: string;
  readonly at: string;
  readonly sessionId: string | null;
}

/** Every incident that a card's input names: charged, a red line, or both. */
export function incidentsOf({ input }: Pick<FrozenCard, 'input'>): CardIncident[] {
  const found = new Map<string, CardIncident>();
  for (const veto of input?.vetoes ?? []) found.set(veto.incidentId, { ...veto, sessionId: null });
  for (const { incidentId, incident, at, sessionId } of input?.incidents ?? [])
    found.set(incidentId, { incidentId, incident, at, sessionId });
  return [...found.values()];
}

/** The rule in the id of an incident that came of a hit: `hit:RULE:SESSION:MESSAGE`. */
export const ruleOfIncident = (incidentId: string): string | null => /^hit:([^:]+):/.exec(incidentId)?.[1] ?? null;

export interface SharedIncident extends CardIncident {
  readonly card: Pick<FrozenCard, 'agentId' | 'person'>;
}

/**
 * The same on other people's cards: found by the same rule, or the same kind of incident in the same conversation. They are looked at
 * again by people; nothing of them changes by itself.
 */
export function sharedWith(
  overturned: CardIncident & { readonly agentId: string },
  cards: readonly Pick<FrozenCard, 'agentId' | 'person' | 'input'>[],
): SharedIncident[] {
  const rule = ruleOfIncident(overturned.incidentId);
  return cards
    .filter(({ agentId }) => agentId !== overturned.agentId)
    .flatMap((card) =>
      incidentsOf(card)
        .filter(
          (each) =>
            each.incidentId !== overturned.incidentId &&
            ((rule !== null && ruleOfIncident(each.incidentId) === rule) ||
              (overturned.sessionId !== null &&
                each.sessionId === overturned.sessionId &&
                each.incident === overturned.incident)),
        )
        .map((each) => ({ ...each, card })),
    );
}
