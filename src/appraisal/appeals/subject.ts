import type { Bilingual } from '../../platform/language.ts';
import type { FrozenCard } from '../../scores/frozenCardStore.ts';
import { itemsById } from '../../scores/itemsById.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import type { AppealedInspection } from './findings.ts';
import type { AppealWindow } from './schemas.ts';
import { incidentsOf, ruleOfIncident } from './shared.ts';

/** What an appeal is about, as the card has it. */
export interface Subject {
  readonly title: Bilingual;
  /** The items that it touches. */
  readonly items: readonly string[];
  /** A red line: the grade of the whole card hangs on it. */
  readonly whole: boolean;
  readonly rule: string | null;
}

type Card = Pick<FrozenCard, 'card' | 'input'>;

/** An item of the card; null where the card has none of that id. */
export function itemSubject(plan: ResolvedPlan, { card }: Card, id: string): Subject | null {
  const name = itemsById(plan).get(id)?.name;
  const isThere = card.items.some((item) => item.id === id);
  return name && isThere ? { title: name, items: [id], whole: false, rule: null } : null;
}

/** An incident that the card counts; null for one that it does not know. */
export function incidentSubject(plan: ResolvedPlan, card: Card, incidentId: string): Subject | null {
  const found = incidentsOf(card).find((each) => each.incidentId === incidentId);
  if (!found) return null;
  const items = chargedItems(card, [incidentId]);
  const veto = plan.plan.vetoes.find(({ incident }) => incident === found.incident);
  const named = itemsById(plan);
  const [first] = items.flatMap((id) => named.get(id)?.name ?? []);
  return {
    title: veto?.name ?? first ?? { zh: found.incident, en: found.incident },
    ...{ items, whole: isVeto(card, [incidentId]), rule: ruleOfIncident(incidentId) },
  };
}

/** An inspection of the appellant's work; `items` are those whose figures it stands behind. */
export function inspectionSubject(
  card: Card,
  id: number,
  { incidents }: Pick<AppealedInspection, 'incidents'>,
  items: readonly string[],
): Subject {
  return {
    title: { zh: `质检 ${id}`, en: `Inspection ${id}` },
    items: [...new Set([...items, ...chargedItems(card, incidents)])],
    ...{ whole: isVeto(card, incidents), rule: null },
  };
}

const chargedItems = ({ card }: Card, incidents: readonly string[]): string[] =>
  card.items.flatMap(({ id, deductions }) =>
    deductions.some(({ incidentId }) => incidentId !== null && incidents.includes(incidentId)) ? [id] : [],
  );

const isVeto = ({ input }: Card, incidents: readonly string[]): boolean =>
  (input?.vetoes ?? []).some(({ incidentId }) => incidents.includes(incidentId));

/** Everything of a card that can be appealed against, in words. */
export function subjectsOf(plan: ResolvedPlan, card: Card): AppealWindow['subjects'] {
  const items = card.card.items.flatMap(({ id }) => {
    const subject = itemSubject(plan, card, id);
    return subject ? [{ kind: 'item' as const, id, title: subject.title, day: null, whole: false }] : [];
  });
  const incidents = incidentsOf(card).flatMap(({ incidentId: id, at }) => {
    const subject = incidentSubject(plan, card, id);
    const { title, whole } = subject ?? {};
    return title ? [{ kind: 'incident' as const, id, title, day: at.slice(0, 10), whole: whole === true }] : [];
  });
  return [...items, ...incidents];
}
