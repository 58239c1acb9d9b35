import type { MetricDefinition } from '../../metrics/metricDefinition.ts';
import type { Language } from '../../platform/language.ts';
import type { FrozenCard } from '../../scores/frozenCardStore.ts';
import type { ResolvedPlan } from '../../scores/resolvePlan.ts';
import type { Column } from './sheet.ts';
import { textColumn } from './sheet.ts';

/** A plan of the period as it was read when it was closed, with what the cards by it have. */
export interface ExportPlan {
  readonly version: number;
  readonly hash: string;
  readonly inForceFrom: string | null;
  readonly plan: ResolvedPlan;
  /** Items that somebody's card has. */
  readonly present: ReadonlySet<string>;
}

/** A metric of the period's plans: its words, and which of the organisation's versions counted. */
export interface ExportMetric {
  readonly definition: MetricDefinition;
  readonly counted: { readonly zh: string; readonly en: string } | null;
  /** null: as shipped, nobody decided otherwise. */
  readonly version: number | null;
  readonly since: string | null;
}

/** A frozen card that the reader may see, with what is said of it beside. */
export interface ExportCard {
  readonly card: FrozenCard;
  readonly by: ExportPlan;
  /** Place by total among everybody of the plan, whoever reads; null for the unrated. */
  readonly place: number | null;
  readonly placed: number;
  /** The ledger's entry; null before the period is published. */
  readonly entry: string | null;
}

export interface ExportGround {
  readonly language: Language;
  /** The organisation's, which says what day an instant is on. */
  readonly timeZone: string;
  readonly plans: readonly ExportPlan[];
  readonly metrics: readonly ExportMetric[];
  readonly cards: () => AsyncIterable<ExportCard>;
}

/** Who a row is about; every sheet about people begins with it. */
export const whoColumns: readonly Column<Pick<ExportCard, 'card'>>[] = [
  textColumn('agentId', { zh: '工号', en: 'Id' }, ({ card }) => card.agentId),
  textColumn('name', { zh: '姓名', en: 'Name' }, ({ card }) => card.person.name),
  textColumn('team', { zh: '团队', en: 'Team' }, ({ card }) => card.person.team),
  textColumn('shop', { zh: '店铺', en: 'Shop' }, ({ card }) => card.person.shop),
];

export const planKey = (id: string, version: number): string => `${id} ${version}`;
