/** What a plan needs to know about a metric; the catalogue's definitions have more. */
export interface PlanMetric {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly unit: string;
  readonly better: 'higher' | 'lower' | 'band';
  readonly minN: number;
  readonly dimensions: readonly string[];
  /** The month from which a metric of one's own is no longer offered. */
  readonly retiredFrom?: string;
}
