import './due.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { DueList } from '../../scores/acknowledgementSchemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable, periodName, score } from '../format.ts';
import { dueQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
type DueVersion = DueList['due'][number];

/** What an agent is told before a version counts: what changes for them, and one button. Nothing for everybody else. */
export function Due() {
  const { me } = app.useRouteContext();
  const asks = me.permissions.includes('plan.acknowledge') && me.agentId !== null;
  const query = useQuery({ ...dueQuery, enabled: asks });
  // The card stands below: a notice that cannot be had must not take its place.
  if (!asks || !query.data) return null;
  return query.data.due.map((due) => <Notice key={`${due.plan.id} ${due.plan.version}`} due={due} />);
}

const shownMax = 6;

function Notice({ due }: { readonly due: DueVersion }) {
  const { t, language, say } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const client = useQueryClient();
  const { plan, changes } = due;
  const acknowledge = useMutation({
    mutationFn: () => send('POST', '/api/acknowledgements/mine', { plan: plan.id, version: plan.version }),
    onSuccess: () => client.invalidateQueries({ queryKey: dueQuery.queryKey }),
  });
  const title = due.inForce
    ? t('due.titleNow', { name: say(plan.name), version: plan.version })
    : t('due.title', { name: say(plan.name), month: periodName(due.fromMonth, language) });
  return (
    <section className="due" aria-label={title}>
      <h2>{title}</h2>
      {due.remindedAt ? (
        <p className="quiet">
          {t('due.reminded', { at: instantInTable(due.remindedAt, organisation.timeZone, language) })}
        </p>
      ) : null}
      {due.effect ? <Effect effect={due.effect} /> : null}
      <h3>{t('due.changes')}</h3>
      {due.replaces === null ? (
        <p>{t('due.first')}</p>
      ) : changes.length === 0 ? (
        <p>{t('due.noChanges')}</p>
      ) : (
        <ul className="due-changes">
          {changes.slice(0, shownMax).map((change) => (
            <li key={change.path}>{say(change.text)}</li>
          ))}
          {changes.length > shownMax ? <li>{t('due.all', { count: changes.length - shownMax })}</li> : null}
        </ul>
      )}
      {acknowledge.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(acknowledge.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="row">
        <button type="button" className="press" disabled={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
          {t('due.acknowledge')}
        </button>
        <Link to="/plans/$planId" params={{ planId: plan.id }} search={{ version: String(plan.version) }}>
          {t('due.read')}
        </Link>
      </p>
    </section>
  );
}

function Effect({ effect: { period, before, after } }: { readonly effect: NonNullable<DueVersion['effect']> }) {
  const { t, language, say } = useReader();
  const words = (total: string | null) => (total === null ? t('card.unrated') : score(total));
  const named = { period: periodName(period, language), before: words(before.total), after: words(after.total) };
  const regraded = before.grade?.id !== after.grade?.id && before.grade && after.grade;
  return (
    <p>
      {before.total === after.total ? t('due.effectSame', named) : t('due.effect', named)}{' '}
      {regraded && before.grade && after.grade
        ? t('due.grade', { before: say(before.grade), after: say(after.grade) })
        : null}
    </p>
  );
}
