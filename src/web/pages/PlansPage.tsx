import '../plan/plan.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Me } from '../../people/schemas.ts';
import { Assignments } from '../drafts/Assignments.tsx';
import { Drafts } from '../drafts/Drafts.tsx';
import { Due } from '../drafts/Due.tsx';
import { periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { plansQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const NewDraft = lazy(() => import('../drafts/NewDraft.tsx'));

export function PlansPage() {
  const { t, say, language } = useReader();
  const { me } = app.useRouteContext();
  const query = useQuery(plansQuery);
  const [starting, setStarting] = useState(false);
  const may = (permission: Me['permissions'][number]) => me.permissions.includes(permission);
  return (
    <>
      <PageHead title={t('plans.title')}>
        {may('exemption.read') ? <Link to="/exemptions">{t('exemptions.open')}</Link> : null}
        {may('plan.publish') ? (
          <Button type="primary" onClick={() => setStarting(true)}>
            {t('draft.start')}
          </Button>
        ) : null}
      </PageHead>
      <Due />
      <Answer
        query={query}
        empty={({ plans }) =>
          plans.length === 0 ? <Empty title={t('plans.empty')} text={t('plans.emptyText')} /> : null
        }
      >
        {({ plans }) => (
          <ul className="plans">
            {plans.map((plan) => (
              <li key={plan.id}>
                <Link to="/plans/$planId" params={{ planId: plan.id }}>
                  {say(plan.name)}
                </Link>
                <p className="reading">{say(plan.summary)}</p>
                <p className="quiet small">
                  {[
                    t('plans.summary', { blocks: plan.blocks, items: plan.items }),
                    t('plans.version', { version: plan.version }),
                    plan.origin === 'template' ? t('plans.template') : t('plans.own'),
                    plan.inForceFrom
                      ? t('plans.inForce', { month: periodName(plan.inForceFrom, language) })
                      : t('plans.always'),
                  ].join(' · ')}
                </p>
                {plan.missingInputs.length > 0 ? (
                  <p className="notice">
                    {t('plans.needs', {
                      names: plan.missingInputs.map((input) => say(input.name)).join(t('mark.comma')),
                    })}{' '}
                    {me.permissions.includes('plan.publish') ? (
                      <Link to="/plans/$planId" params={{ planId: plan.id }}>
                        {t('plans.give')}
                      </Link>
                    ) : null}
                  </p>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {may('plan.try') ? (
        <>
          <Drafts />
          <Assignments />
        </>
      ) : null}
      <Suspense fallback={null}>{starting ? <NewDraft close={() => setStarting(false)} /> : null}</Suspense>
    </>
  );
}
