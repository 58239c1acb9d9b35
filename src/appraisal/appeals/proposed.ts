import type { FrozenCard } from '../../scores/frozenCardStore.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import type { StoredAppeal } from './appealStore.ts';
import { itemOf } from './correctInput.ts';
import type { Correction } from './correction.ts';
import type { AppealedInspection } from './findings.ts';
import type { Appeal } from './schemas.ts';
import { incidentsOf } from './shared.ts';

type Card = Pick<FrozenCard, 'agentId' | 'period' | 'card' | 'input'>;

/** What upholding puts right by itself: the incident, or all that came of the inspection. For an item somebody has to say what. */
export function proposedCorrections(
  { kind, subject }: Pick<StoredAppeal, 'kind' | 'subject'>,
  inspection: AppealedInspection | null,
): Correction[] {
  switch (kind) {
    case 'item':
      return [];
    case 'incident':
      return [{ kind: 'incident', incidentId: subject }];
    case 'inspection':
      return inspection
        ? [
            { kind: 'record', record: { kind: 'assessment', id: inspection.assessment } },
            ...inspection.incidents.map((incidentId): Correction => ({ kind: 'incident', incidentId })),
          ]
        : [];
  }
}

/** What of the disputed items one may choose to put right. */
export function choicesOf(
  plan: ResolvedPlan,
  card: Card,
  { kind, items }: Pick<StoredAppeal, 'kind' | 'items'>,
): Appeal['choices'] {
  const none = { incidents: [], days: [], value: null, evidence: null };
  if (kind !== 'item') return none;
  const [id = ''] = items;
  const scored = card.card.items.find((item) => item.id === id);
  const item = card.input && itemOf(plan, card.input, id);
  if (!scored || !item) return none;
  const charges = item.curve.curve === 'deductions';
  const own = new Set(scored.deductions.flatMap(({ incidentId }) => incidentId ?? []));
  const dayOf = new Map(scored.deductions.map(({ incidentId, day }) => [incidentId, day]));
  return {
    incidents: incidentsOf(card)
      .filter(({ incidentId }) => own.has(incidentId))
      .map(({ incidentId, incident, at }) => ({ incidentId, incident, day: dayOf.get(incidentId) ?? at.slice(0, 10) })),
    days: scored.deductions.flatMap(({ incidentId, day }) => (incidentId === null ? [day] : [])),
    value: charges
      ? null
      : { item: id, unit: item.metric.unit, parts: scored.parts.map(({ key }) => key), now: scored.value },
    evidence: charges
      ? null
      : { metric: item.metric.id, agent: card.agentId, period: scored.valuePeriod ?? card.period },
  };
}

interface Issue {
  readonly path: string;
  readonly code: string;
}

/** What cannot be put right as somebody chose it: it is not on the card, or not among what is disputed. */
export function correctionIssues(
  plan: ResolvedPlan,
  card: Card,
  appeal: Pick<StoredAppeal, 'kind' | 'items'>,
  { corrections, proposed }: { readonly corrections: readonly Correction[]; readonly proposed: readonly Correction[] },
): Issue[] {
  const choices = choicesOf(plan, card, appeal);
  const isProposed = (correction: Correction) =>
    proposed.some((each) => JSON.stringify(each) === JSON.stringify(correction));
  return corrections.flatMap((correction, i) => {
    const code = isProposed(correction) ? null : faultOf(choices, appeal, correction);
    return code === null ? [] : [{ path: `corrections.${i}`, code }];
  });
}

function faultOf(
  choices: Appeal['choices'],
  { items }: Pick<StoredAppeal, 'items'>,
  correction: Correction,
): string | null {
  switch (correction.kind) {
    case 'incident':
      return choices.incidents.some(({ incidentId }) => incidentId === correction.incidentId)
        ? null
        : 'correction.incidentUnknown';
    case 'record':
      return choices.evidence ? null : 'correction.recordUnknown';
    case 'day':
      return items.includes(correction.item) && choices.days.includes(correction.day) ? null : 'correction.dayUnknown';
    case 'value': {
      const { value } = choices;
      if (!value || value.item !== correction.item) return 'correction.noValue';
      const fits = correction.part === null ? value.parts.length === 0 : value.parts.includes(correction.part);
      return fits ? null : 'correction.partUnknown';
    }
  }
}
