import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { AssignmentList, AssignPlan } from '../../scores/acknowledgementSchemas.ts';
import { errorSentence, send } from '../api.ts';
import { periodName } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { assignmentsQuery, organisationQuery, plansQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { MonthSelect } from './MonthSelect.tsx';
import { nextMonthOf, offeredMonths } from './nextMonthOf.ts';

const app = getRouteApi('/app');

/** Which plan covers whom, and a new rule. */
export function Assignments() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const query = useQuery(assignmentsQuery);
  return (
    <section className="section">
      <h2>{t('assign.title')}</h2>
      <Answer query={query}>{(list) => <Rules list={list} />}</Answer>
      {me.permissions.includes('plan.publish') ? <Assign /> : null}
    </section>
  );
}

function Rules({ list: { rules, plainPlan, covered } }: { readonly list: AssignmentList }) {
  const { t, language, say } = useReader();
  const plans = useQuery(plansQuery);
  const nameOf = (id: string) => {
    const plan = plans.data?.plans.find((each) => each.id === id);
    return plan ? say(plan.name) : id;
  };
  const who = (rule: AssignmentList['rules'][number]) =>
    [rule.agentName, rule.team, rule.tier === '' ? '' : t(`tier.${rule.tier}`)].filter(Boolean).join(' · ') ||
    t('assign.everybody');
  return (
    <div className="stack">
      <p className="quiet">{t('assign.about', { plan: nameOf(plainPlan) })}</p>
      <p>
        {covered
          .map(({ plan, people }) => `${nameOf(plan)} ${t('assign.people', { count: people })}`)
          .join(t('mark.semicolon'))}
      </p>
      {rules.length === 0 ? (
        <p className="quiet">{t('assign.empty')}</p>
      ) : (
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('assign.who')}</th>
                <th scope="col">{t('assign.plan')}</th>
                <th scope="col">{t('assign.from')}</th>
                <th scope="col">{t('assign.by')}</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <tr key={`${rule.team} ${rule.tier} ${rule.agentId} ${rule.fromMonth}`}>
                  <td>{who(rule)}</td>
                  <td>{rule.planId === null ? t('assign.takenBack') : nameOf(rule.planId)}</td>
                  <td>{periodName(rule.fromMonth, language)}</td>
                  <td className="quiet">{rule.assignedBy}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Assign() {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const plans = useQuery(plansQuery);
  const next = nextMonthOf(new Date(), organisation.timeZone);
  const [from, setFrom] = useState(next);
  const assign = useMutation({
    mutationFn: (rule: AssignPlan) => send('PUT', '/api/plan-assignments', rule),
    onSuccess: () => client.invalidateQueries(),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const agentId = text('agent');
    const level = text('tier');
    assign.mutate({
      ...{ agentId, team: agentId === '' ? text('team') : '', fromMonth: from },
      tier: agentId === '' && (level === 'junior' || level === 'mid' || level === 'senior') ? level : '',
      planId: text('plan') === '' ? null : text('plan'),
    });
  }
  if (!plans.data) return null;
  return (
    <form className="assign-form" onSubmit={submit}>
      <label>
        {t('assign.team')}
        <select name="team">
          <option value="">{t('assign.any')}</option>
          {organisation.teams.map((team) => (
            <option key={team}>{team}</option>
          ))}
        </select>
      </label>
      <label>
        {t('assign.tier')}
        <select name="tier">
          <option value="">{t('assign.any')}</option>
          {(['junior', 'mid', 'senior'] as const).map((tier) => (
            <option key={tier} value={tier}>
              {t(`tier.${tier}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('assign.agent')}
        <select name="agent">
          <option value="">{t('assign.any')}</option>
          {organisation.agents.map(({ agentId, name }) => (
            <option key={agentId} value={agentId}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('assign.plan')}
        <select name="plan">
          {plans.data.plans.map((plan) => (
            <option key={plan.id} value={plan.id}>
              {say(plan.name)}
            </option>
          ))}
          <option value="">{t('assign.takenBack')}</option>
        </select>
      </label>
      <div className="assign-month">
        {t('assign.from')}
        <MonthSelect label={t('assign.from')} months={offeredMonths(next, next, [])} value={from} change={setFrom} />
      </div>
      <button type="submit" className="press press-plain" disabled={assign.isPending}>
        {t('assign.add')}
      </button>
      {assign.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(assign.error, language) ?? t('state.broken')}
        </p>
      ) : null}
    </form>
  );
}
