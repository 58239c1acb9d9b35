import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Occasion, ReviewedPlan, ReviewLink, ReviewPage } from '../../review/schemas.ts';
import { dayInTable, instantInTable, periodName } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { DecidePlan } from './DecidePlan.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { byMonth, stateOf } from './reviewView.ts';

/** Occasions by month, each with its plans and what came of their review. */
export function Calendar({ page }: { readonly page: ReviewPage }) {
  const { language } = useReader();
  return (
    <>
      {byMonth(page.occasions).map(({ month, occasions }) => (
        <section key={month} className="review-month">
          <h2>{periodName(month, language)}</h2>
          <ul className="reviews">
            {occasions.map((occasion) => (
              <OccasionItem key={occasion.id} occasion={occasion} page={page} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface ItemProps {
  readonly occasion: Occasion;
  readonly page: ReviewPage;
}

function OccasionItem({ occasion, page }: ItemProps) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [isOpen, setOpen] = useState(false);
  const { id, kind, title, day, note, made, dropped, plans } = occasion;
  const state = stateOf(occasion, page.today);
  return (
    <li>
      <p className="review-head">
        <span className="figure">{dayInTable(day, language)}</span>
        <span className="quiet">{t(`review.kinds.${kind}`)}</span>
        <b>{title}</b>
        <span className={`review-${state}`}>{t(`review.${state}`)}</span>
      </p>
      {note === '' ? null : <p>{note}</p>}
      <ul className="review-plans">
        {plans.map((plan) => (
          <PlanLine key={plan.plan} plan={plan} occasion={occasion} page={page} />
        ))}
      </ul>
      <p className="quiet small">
        {t('review.madeBy', { name: made.by, at: instantInTable(made.at, organisation.timeZone, language) })}
      </p>
      {dropped ? <p className="quiet">{t('review.calledOff', { name: dropped.by, reason: dropped.reason })}</p> : null}
      {page.may.write && !dropped && state !== 'done' ? (
        isOpen ? (
          <ReasonForm path={`/api/reviews/${id}/call-off`} word={t('review.callOff')} close={() => setOpen(false)} />
        ) : (
          <p>
            <button type="button" className="text-button" onClick={() => setOpen(true)}>
              {t('review.callOff')}
            </button>
          </p>
        )
      ) : null}
    </li>
  );
}

function PlanLine({ plan, occasion, page }: ItemProps & { readonly plan: ReviewedPlan }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const [isOpen, setOpen] = useState(false);
  const { decided } = plan;
  return (
    <li>
      <p className="row">
        <Link to="/plans/$planId" params={{ planId: plan.plan }}>
          {say(plan.name)}
        </Link>
        {decided ? (
          <>
            <b>{t(`review.outcomes.${decided.outcome}`)}</b>
            {decided.link ? <Linked plan={plan.plan} link={decided.link} /> : null}
          </>
        ) : plan.due ? (
          <span className="review-due">{t('review.due')}</span>
        ) : null}
        {page.may.write && !occasion.dropped && !isOpen ? (
          <button type="button" className="text-button" onClick={() => setOpen(true)}>
            {t(decided ? 'review.decideAgain' : 'review.decide')}
          </button>
        ) : null}
      </p>
      {decided ? (
        <p className="quiet small">
          {t('review.decidedBy', {
            ...{ name: decided.by, reason: decided.reason },
            at: instantInTable(decided.at, organisation.timeZone, language),
          })}
        </p>
      ) : null}
      {isOpen ? <DecidePlan occasion={occasion} plan={plan.plan} page={page} close={() => setOpen(false)} /> : null}
    </li>
  );
}

function Linked({ plan, link }: { readonly plan: string; readonly link: ReviewLink }) {
  const { t } = useReader();
  switch (link.kind) {
    case 'version':
      return (
        <Link to="/plans/$planId" params={{ planId: plan }} search={{ version: String(link.version) }}>
          {t('review.version', { version: link.version })}
        </Link>
      );
    case 'draft':
      return (
        <Link to="/drafts/$draftId" params={{ draftId: link.draft }}>
          {t('review.draft')}
        </Link>
      );
    case 'draftDeleted':
      return <span className="quiet">{t('review.draftDeleted')}</span>;
  }
}
