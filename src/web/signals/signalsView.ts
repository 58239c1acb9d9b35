import type { FindingView, SignalsPage, SignalView } from '../../insights/schemas.ts';

export interface SignalGroup {
  readonly signal: SignalView;
  readonly findings: readonly FindingView[];
}

export interface AgentGroup {
  readonly agentId: string;
  readonly name: string;
  readonly team: string;
  readonly findings: readonly { readonly signal: SignalView; readonly finding: FindingView }[];
}

const rank = ({ signal, findings }: SignalGroup): number =>
  findings.length > 0 ? 0 : signal.status === 'notMeasurable' ? 2 : 1;

/** What shows first, then what was looked for in vain, last what could not be looked for; otherwise in the server's order. */
export function bySignal(page: SignalsPage): SignalGroup[] {
  const groups = page.signals.map((signal) => ({
    signal,
    findings: page.findings.filter((finding) => finding.signal === signal.id),
  }));
  return groups.sort((a, b) => rank(a) - rank(b));
}

/** By name, never by how many signals somebody shows: this is no ranking. */
export function byAgent(page: SignalsPage): AgentGroup[] {
  const agents = new Map<string, AgentGroup>();
  for (const finding of page.findings) {
    const signal = page.signals.find(({ id }) => id === finding.signal);
    if (!signal) continue;
    const { agentId, name, team } = finding;
    const known = agents.get(agentId)?.findings ?? [];
    agents.set(agentId, { agentId, name, team, findings: [...known, { signal, finding }] });
  }
  return [...agents.values()].sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
}

/** The thresholds that were changed in a form; null for one put back to its standard. Nothing for what cannot be read. */
export function changedThresholds(
  signal: SignalView,
  typed: ReadonlyMap<string, string>,
): Record<string, number | null> | null {
  const changed: Record<string, number | null> = {};
  for (const { id, value, standard, low, high } of signal.thresholds) {
    const text = typed.get(id)?.trim().replace('−', '-');
    const number = text === undefined || text === '' ? Number.NaN : Number(text);
    if (!(number >= low && number <= high)) return null;
    if (number !== value) changed[id] = number === standard ? null : number;
  }
  return changed;
}
