import type { Deps } from '../../../platform/http.ts';
import type { Bilingual } from '../../../platform/language.ts';
import { publishedSubjects } from '../../rounds/roundStore.ts';
import { assessedIn } from '../filedStore.ts';
import { begunIn } from '../givenStore.ts';
import { nominationsIn } from '../nominationStore.ts';
import { runsIn } from '../runStore.ts';
import { type FormRun, missingIn, type RunPerson } from '../standing.ts';
import { formPeriod } from './openForms.ts';

/** A form of a period, and who has not been assessed by it. */
export interface MissingForm {
  readonly planId: string;
  readonly planName: Bilingual;
  readonly formId: string;
  readonly name: Bilingual;
  readonly dueOn: string;
  readonly people: readonly Pick<RunPerson, 'agentId' | 'name' | 'team'>[];
}

/**
 * Who has not been assessed in a month or a quarter, form by form, for whoever is about to close it; forms that nobody is wanting for are left
 * out, and so are optional ones. Of nominations those that nobody has decided on, of 360 rounds people without a published result. Asks nobody's permission. Throws BadInput `assessment.period`.
 */
export async function assessmentsMissing(deps: Deps, periodText: string): Promise<MissingForm[]> {
  const chosen = [formPeriod(deps, periodText)];
  const runs = [...(await runsIn(deps, chosen)), ...(await runsIn(deps, chosen, 'colleagues'))];
  const missing = await peopleMissing(deps, periodText, runs);
  return runs.flatMap((run, i): MissingForm[] => {
    const people = missing[i] ?? [];
    if (run.form.optional || people.length === 0) return [];
    const { planId, planName, form, dueOn } = run;
    return [
      {
        ...{ planId, planName, formId: form.id, name: form.name, dueOn },
        people: people.map(({ agentId, name, team }) => ({ agentId, name, team })),
      },
    ];
  });
}

/** For each form, whom it is still wanting for; whose assessment came by a file has one. */
export async function peopleMissing(deps: Deps, periodText: string, runs: readonly FormRun[]): Promise<RunPerson[][]> {
  const { postgres, clickhouse } = deps.stores;
  const items = [...new Set(runs.map(({ form }) => form.item))];
  const [begun, nominations, published, assessed] = await Promise.all([
    begunIn(postgres, [periodText]),
    nominationsIn(postgres, [periodText]),
    publishedSubjects(postgres, periodText),
    assessedIn(clickhouse, periodText, items),
  ]);
  return runs.map((run) => {
    const isAssessed = ({ agentId }: RunPerson) => assessed.get(run.form.item)?.has(agentId) ?? false;
    if (run.form.assessor === 'colleagues') {
      const told = published.filter(({ planId, formId }) => planId === run.planId && formId === run.form.id);
      return run.people.filter(
        (person) => !isAssessed(person) && !told.some(({ agentId }) => agentId === person.agentId),
      );
    }
    if (run.form.asks.kind !== 'nomination') return missingIn(run, begun).filter((person) => !isAssessed(person));
    const waiting = new Set(
      nominations.flatMap(({ decision, planId, formId, agentId }) =>
        decision === null && planId === run.planId && formId === run.form.id ? [agentId] : [],
      ),
    );
    return run.people.filter(({ agentId }) => waiting.has(agentId));
  });
}
