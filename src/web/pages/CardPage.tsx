import '../card/card.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { ScorecardPage } from '../../scores/schemas.ts';
import { ApiError } from '../api.ts';
import { Approved } from '../card/Approved.tsx';
import { CardHead } from '../card/CardHead.tsx';
import { MadeFrom } from '../card/MadeFrom.tsx';
import { Outlook } from '../card/Outlook.tsx';
import { Points } from '../card/Points.tsx';
import { Praise } from '../card/Praise.tsx';
import { PrintSheet } from '../card/PrintSheet.tsx';
import { Steps } from '../card/Steps.tsx';
import { Trend } from '../card/Trend.tsx';
import { Views } from '../card/Views.tsx';
import { Due } from '../drafts/Due.tsx';
import { periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { NoDataYet } from '../parts/NoDataYet.tsx';
import { Pickers, useChoice } from '../parts/Pickers.tsx';
import { type Choice, cardQuery, outlookQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/scorecards/$agentId');
const app = getRouteApi('/app');
const EvidenceDrawer = lazy(() => import('../evidence/EvidenceDrawer.tsx'));

export function CardPage() {
  const { t } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { me } = app.useRouteContext();
  const choice = useChoice(search);
  if (!choice) return <NoDataYet />;
  return (
    <>
      <div className="card-bar card-screen">
        {me.role === 'agent' ? null : (
          <Link to="/scorecards" search={{ plan: choice.plan, period: choice.period }}>
            ← {t('card.colleagues')}
          </Link>
        )}
        <div className="page-pick">
          <Pickers
            choice={choice}
            ownPlan={t('pick.own')}
            change={(change) =>
              navigate({
                search: (before) => ({ ...before, ...change, item: undefined, session: undefined, ticket: undefined }),
                replace: true,
              })
            }
          />
        </div>
        <button type="button" className="text-button card-print" onClick={() => window.print()}>
          {t('card.print')}
        </button>
      </div>
      <div className="card-screen">
        <Due />
      </div>
      <Card choice={choice} />
    </>
  );
}

function Card({ choice }: { readonly choice: Choice }) {
  const { t, language } = useReader();
  const { agentId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(cardQuery(agentId, choice));
  // An aid to reading: the card stands without it.
  const outlook = useQuery(outlookQuery(agentId, choice));
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <Empty title={t('card.empty', { period: periodName(choice.period, language) })} text={t('card.emptyText')} />
    );
  }
  const look = (change: Partial<Record<'item' | 'session' | 'ticket', string | undefined>>) =>
    navigate({ search: (before) => ({ ...before, ...change }) });
  return (
    <Answer query={query}>
      {(card: ScorecardPage) => {
        const item = card.items.find((other) => other.id === search.item);
        return (
          <>
            <title>{`${t('card.title', { name: card.agent.name })} · ${t('brand.name')} ${t('brand.latin')}`}</title>
            <PrintSheet card={card} />
            <div className="card-screen">
              <CardHead card={card} />
              <Approved card={card} />
              {card.items.length === 0 && card.madeFrom.length > 0 ? (
                <MadeFrom card={card} plan={choice.plan} />
              ) : (
                <>
                  <Praise card={card} />
                  <Outlook card={card} outlook={outlook.data} />
                  <Points
                    card={card}
                    outlook={outlook.data}
                    openEvidence={(id) => look({ item: id, session: undefined, ticket: undefined })}
                  />
                  <Views card={card} />
                </>
              )}
              <div className="columns">
                <Trend card={card} />
                <Steps card={card} />
              </div>
            </div>
            <Suspense fallback={null}>
              {item ? (
                <EvidenceDrawer
                  item={item}
                  session={search.session}
                  ticket={search.ticket}
                  look={look}
                  close={() => look({ item: undefined, session: undefined, ticket: undefined })}
                />
              ) : null}
            </Suspense>
          </>
        );
      }}
    </Answer>
  );
}
