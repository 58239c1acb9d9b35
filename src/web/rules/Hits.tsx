import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { HitView } from '../../quality/rules/schemas.ts';
import { instantInTable } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { KeysHint } from '../parts/KeysHint.tsx';
import { hitsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Comment } from './Comment.tsx';
import { DecideButtons } from './DecideButtons.tsx';
import { Decided } from './Decided.tsx';
import { type Decision, hitKey, useDecide } from './decide.ts';
import { Marked } from './Marked.tsx';

interface HitsProps {
  readonly rule: string | undefined;
  readonly decided: boolean;
  readonly mayDecide: boolean;
}

const idOf = (hit: HitView) => `${hit.sessionId} ${hit.rule} ${hit.messageKey}`;

/** Hits to work through, newest first: one key moves, one decides. */
export function Hits({ rule, decided, mayDecide }: HitsProps) {
  const { t } = useReader();
  const query = useInfiniteQuery(hitsQuery(rule, decided));
  const [current, setCurrent] = useState(0);
  const [commenting, setCommenting] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const navigate = useNavigate();
  const decide = useDecide();
  const hits = query.data?.pages.flatMap((page) => page.hits) ?? [];
  const at = Math.min(current, Math.max(0, hits.length - 1));

  const focus = (place: number) => {
    setCurrent(place);
    list.current?.children[place]?.querySelector<HTMLElement>('[tabindex="0"], [tabindex="-1"]')?.focus();
  };
  const apply = (hit: HitView, decision: Decision['decision'], comment?: string) => {
    if (decision === 'comment' && comment === undefined) return setCommenting(true);
    setCommenting(false);
    const { sessionId, rule: of, messageKey } = hit;
    // What was decided leaves the list: the next one takes its place and the keys.
    decide.mutate(
      { sessionId, rule: of, messageKey, decision, ...(comment === undefined ? {} : { comment }) },
      { onSuccess: () => requestAnimationFrame(() => focus(at)) },
    );
  };

  function press(event: KeyboardEvent<HTMLOListElement>) {
    const key = hitKey(event);
    const hit = hits[at];
    if (!key || !hit || event.target instanceof HTMLAnchorElement) return;
    event.preventDefault();
    if (key === 'next') focus(Math.min(at + 1, hits.length - 1));
    else if (key === 'previous') focus(Math.max(at - 1, 0));
    else if (key === 'open') navigate({ to: '/sessions/$sessionId', params: { sessionId: hit.sessionId } });
    else if (mayDecide) apply(hit, key);
  }

  return (
    <Answer
      query={query}
      empty={() =>
        hits.length > 0 ? null : (
          <Empty
            title={decided ? t('rules.hit.noneDecided') : t('rules.hit.none')}
            text={decided ? '' : t('rules.hit.noneText')}
          />
        )
      }
    >
      {() => (
        <>
          {mayDecide ? <KeysHint text={t('rules.hit.keys')} /> : null}
          <Decided error={decide.error} data={decide.data} />
          <ol className="hits" ref={list} onKeyDown={press}>
            {hits.map((hit, place) => (
              <li key={idOf(hit)}>
                <HitRow hit={hit} isCurrent={place === at} focus={() => setCurrent(place)} />
                {mayDecide ? (
                  <DecideButtons
                    status={hit.status}
                    busy={decide.isPending}
                    decide={(decision) => {
                      setCurrent(place);
                      apply(hit, decision);
                    }}
                  />
                ) : null}
                {commenting && place === at ? (
                  <Comment save={(text) => apply(hit, 'comment', text)} leave={() => setCommenting(false)} />
                ) : null}
              </li>
            ))}
          </ol>
          {query.hasNextPage ? (
            <button type="button" className="press press-plain" onClick={() => query.fetchNextPage()}>
              {t('rules.hit.more')}
            </button>
          ) : null}
        </>
      )}
    </Answer>
  );
}

interface HitRowProps {
  readonly hit: HitView;
  readonly isCurrent: boolean;
  readonly focus: () => void;
}

function HitRow({ hit, isCurrent, focus }: HitRowProps) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const spans = hit.places.map((place) => ({ ...place, grave: hit.severity === 'major' }));
  return (
    <article className="hit" tabIndex={isCurrent ? 0 : -1} onFocus={focus}>
      <p className="hit-text">
        {hit.messageKey === '0' ? (
          <span className="quiet">{t('rules.hit.whole')}</span>
        ) : (
          <Marked text={hit.text} spans={spans} />
        )}
      </p>
      <p className="quiet small row hit-from">
        <b className={hit.standing === 'redLine' ? 'red' : ''}>{say(hit.ruleName)}</b>
        <span>{t('rules.v', { version: hit.ruleVersion })}</span>
        <span>{hit.agentName ?? hit.agentId}</span>
        {hit.issue ? <span>{hit.issue}</span> : null}
        <span className="figure">{instantInTable(hit.at, organisation.timeZone, language)}</span>
        <Link to="/sessions/$sessionId" params={{ sessionId: hit.sessionId }}>
          {t('rules.hit.open')}
        </Link>
        {hit.status === 'open' ? null : <b>{t(`rules.hit.status.${hit.status}`)}</b>}
        {hit.incident === 'none' ? null : <span>{t(`rules.hit.incident.${hit.incident}`)}</span>}
      </p>
    </article>
  );
}
