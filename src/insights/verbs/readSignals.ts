import { begunPeriod } from '../../metrics/period.ts';
import type { Actor } from '../../people/actor.ts';
import { authorise, isInScope, may } from '../../people/authorise.ts';
import type { Deps } from '../../platform/http.ts';
import { lastJobRun } from '../../platform/jobStore.ts';
import { peopleIn } from '../../scores/organisation.ts';
import { ruleText, whyText } from '../explainSignal.ts';
import { needs } from '../needs.ts';
import type { FindingView, SignalsPage, SignalView } from '../schemas.ts';
import type { SignalDefinition } from '../signalDefinition.ts';
import { signals } from '../signals.ts';
import { findingsOf, lastRun, type StoredFinding, type StoredRun } from '../store.ts';
import { chosenThresholds } from '../thresholdStore.ts';
import { type ThresholdValues, thresholdsInForce } from '../thresholds.ts';
import { wholeOrganisation } from './runSignals.ts';

export const nightlySignals = 'signals';

/** What the last run of a period showed, of the people in the actor's scope. */
export async function readSignals(deps: Deps, actor: Actor, input: { period: string }): Promise<SignalsPage> {
  authorise(actor, 'signal.read');
  const { clickhouse, postgres } = deps.stores;
  const period = begunPeriod(input.period, deps);
  const [run, nightly, chosen, people] = await Promise.all([
    lastRun(postgres, period.text),
    lastJobRun(postgres, nightlySignals, deps.now()),
    chosenThresholds(postgres),
    peopleIn(clickhouse, period),
  ]);
  const byId = new Map(people.map((person) => [person.agentId, person]));
  const found = run ? await findingsOf(postgres, run) : [];
  const findings = found.flatMap((each) => {
    const person = byId.get(each.finding.agentId);
    // Whoever is on no list can be placed nowhere: only those who see everything see them.
    const place = person ?? { agentId: each.finding.agentId, team: null, shop: null };
    return isInScope(actor, place) ? [findingView(each, person)] : [];
  });
  return {
    period: period.text,
    run: run && {
      version: run.version,
      ranAt: run.ranAt,
      checkedAt: run.checkedAt,
      durationMs: run.durationMs,
      by: run.by,
    },
    nightly,
    mayChange: may(actor, 'signal.write') && isInScope(actor, wholeOrganisation),
    signals: signals.map((signal) => signalView(signal, run, thresholdsInForce(signals, chosen))),
    findings: findings.sort((a, b) => b.strength - a.strength || (a.agentId < b.agentId ? -1 : 1)),
  };
}

function signalView(signal: SignalDefinition, run: StoredRun | null, inForce: ThresholdValues): SignalView {
  const standing = run?.standings.find(({ id }) => id === signal.id);
  const now = inForce[signal.id] ?? {};
  return {
    id: signal.id,
    name: signal.name,
    rule: ruleText(signal, run?.thresholds[signal.id] ?? now),
    innocent: signal.innocent,
    status: !standing ? 'notRun' : standing.people === null ? 'notMeasurable' : 'measured',
    lacks: (standing?.lacks ?? []).flatMap((name) =>
      Object.hasOwn(needs, name) ? [needs[name as keyof typeof needs].words] : [],
    ),
    people: standing?.people ?? null,
    thresholds: Object.entries(signal.thresholds).map(([id, { name, unit, value, low, high }]) => ({
      ...{ id, name, unit, low, high },
      value: now[id] ?? value,
      standard: value,
    })),
  };
}

function findingView(
  { signal: id, finding }: StoredFinding,
  person: { name: string; team: string } | undefined,
): FindingView {
  const signal = signals.find((each) => each.id === id);
  return {
    signal: id,
    agentId: finding.agentId,
    name: person?.name ?? finding.agentId,
    team: person?.team ?? '',
    strength: finding.strength,
    why: signal ? whyText(signal, finding) : { zh: '', en: '' },
    evidence: finding.evidence.map((each) => ({
      ...each,
      open: each.kind === 'session' || each.kind === 'ticket' || each.kind === 'order' ? each.kind : null,
    })),
  };
}
