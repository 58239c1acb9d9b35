import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { BestCase, CaseList } from '../../quality/cases/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { useReader } from '../text/language.ts';
import { MakeTemplate } from './MakeTemplate.tsx';

const app = getRouteApi('/app');

/** A proposal to vote on, or a service template; with why it is among the best. */
export function CaseItem({ of, list }: { readonly of: BestCase; readonly list: CaseList }) {
  const { t } = useReader();
  const [making, setMaking] = useState(false);
  const { template, sessionId } = of;
  return (
    <li>
      <div className="row spread">
        <b>{template?.title ?? [of.agentName, of.issue].filter((word) => word !== '').join(' · ')}</b>
        <span className="quiet small">
          {[
            ...(template ? [of.agentName, of.issue] : []),
            ...[of.team, t('cases.week', { monday: of.week }), t('cases.votes', { votes: of.votes })],
          ]
            .filter((word) => word !== '')
            .join(' · ')}
        </span>
      </div>
      {template ? (
        <>
          <p className="case-strategies">
            {template.strategies.map((strategy) => (
              <span key={strategy}>{t(`cases.strategies.${strategy}`)}</span>
            ))}
          </p>
          {template.words === '' ? null : <p className="reading">{template.words}</p>}
          <ol className="case-said">
            {template.excerpt.map(({ who, text }, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a template never change their order.
              <li key={line}>
                <span className="quiet">{t(`cases.who.${who}`)}</span> {text}
              </li>
            ))}
          </ol>
        </>
      ) : null}
      <Why of={of} />
      {making && sessionId ? <MakeTemplate of={of} sessionId={sessionId} close={() => setMaking(false)} /> : null}
      <Acts of={of} list={list} make={making || !sessionId ? null : () => setMaking(true)} />
    </li>
  );
}

function Why({ of: { reasons, why, template, id } }: { readonly of: BestCase }) {
  const { t } = useReader();
  const figures = { rating: why.rating, start: why.feelingStart, end: why.feelingEnd };
  return (
    <p className="quiet small">
      {reasons
        .map((reason) => `${t(`cases.reasons.${reason}`)}${t('mark.colon')}${t(`cases.why.${reason}`, figures)}`)
        .join(' · ')}
      {template ? ` · ${t('cases.madeBy', { name: template.madeName })} · #${id}` : ''}
    </p>
  );
}

function Acts(props: { readonly of: BestCase; readonly list: CaseList; readonly make: (() => void) | null }) {
  const { of, list, make } = props;
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (input: { readonly method: 'PUT' | 'DELETE'; readonly what: string; readonly body?: object }) =>
      send(input.method, `/api/cases/${of.id}/${input.what}`, input.body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases'] }),
  });
  const vote = () => act.mutate({ method: 'PUT', what: 'vote', body: { for: !of.voted } });
  const mayMake = list.may.write && make !== null && !of.own;
  return (
    <div className="row">
      {of.own ? <span className="quiet">{t('cases.own')}</span> : null}
      {of.template === null && list.may.vote && !of.own ? (
        <button type="button" className="press press-plain" disabled={act.isPending} onClick={vote}>
          {of.voted ? t('cases.unvote') : t('cases.vote')}
        </button>
      ) : null}
      {mayMake && (of.template !== null || of.votes >= list.votesNeeded) ? (
        <button type="button" className="press press-plain" onClick={make}>
          {of.template ? t('cases.change') : t('cases.make')}
        </button>
      ) : null}
      {of.template === null && of.votes < list.votesNeeded ? (
        <span className="quiet small">{t('cases.needs', { needed: list.votesNeeded })}</span>
      ) : null}
      {of.template && me.permissions.includes('rubric.write') ? (
        <Link to="/quality/rubrics" search={{ case: String(of.id) }}>
          {t('cases.cite')}
        </Link>
      ) : null}
      {of.sessionId ? (
        <Link to="/sessions/$sessionId" params={{ sessionId: of.sessionId }}>
          {t('cases.read')}
        </Link>
      ) : null}
      {of.template && list.may.write && of.sessionId && !of.own ? (
        <button
          type="button"
          className="text-button"
          disabled={act.isPending}
          onClick={() => act.mutate({ method: 'DELETE', what: 'template' })}
        >
          {t('cases.withdraw')}
        </button>
      ) : null}
      {act.error ? (
        <span className="fault" role="alert">
          {errorSentence(act.error, language) ?? t('state.broken')}
        </span>
      ) : null}
    </div>
  );
}
