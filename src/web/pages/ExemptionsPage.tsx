import '../drafts/exemptions.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Exemption } from '../../scores/exemptionSchemas.ts';
import { errorSentence, send } from '../api.ts';
import { EnterReason } from '../drafts/EnterReason.tsx';
import { dayInTable, instantInTable } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { Defined } from '../parts/Defined.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { definitionsQuery, exemptionsQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const app = getRouteApi('/app');
const EnterExemption = lazy(() => import('../drafts/EnterExemption.tsx'));

export function ExemptionsPage() {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const query = useQuery(exemptionsQuery);
  const [entering, setEntering] = useState(false);
  return (
    <>
      <p className="page-back">
        <Link to="/plans">← {t('plans.title')}</Link>
      </p>
      <PageHead title={t('exemptions.title')}>
        {me.permissions.includes('exemption.write') ? (
          <Button type="primary" onClick={() => setEntering(true)}>
            {t('exemptions.add')}
          </Button>
        ) : null}
      </PageHead>
      <p className="reading exemptions-about">{t('exemptions.about')}</p>
      <Answer
        query={query}
        empty={({ exemptions }) =>
          exemptions.length === 0 ? <Empty title={t('exemptions.none')} text={t('exemptions.noneText')} /> : null
        }
      >
        {({ exemptions }) => (
          <ul className="exemptions">
            {exemptions.map((exemption) => (
              <Entry key={exemption.id} exemption={exemption} />
            ))}
          </ul>
        )}
      </Answer>
      <Suspense fallback={null}>{entering ? <EnterExemption close={() => setEntering(false)} /> : null}</Suspense>
    </>
  );
}

function Entry({ exemption }: { readonly exemption: Exemption }) {
  const { t, language, say } = useReader();
  const client = useQueryClient();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const definitions = useQuery(definitionsQuery);
  const [withdrawing, setWithdrawing] = useState(false);
  const { id, covers, firstDay, lastDay, metrics, status } = exemption;
  const act = useMutation({
    mutationFn: (asked: { act: 'approve' } | { act: 'withdraw'; reason: string }) =>
      send('POST', `/api/exemptions/${id}/${asked.act}`, asked.act === 'withdraw' ? { reason: asked.reason } : {}),
    onSettled: () => client.invalidateQueries(),
  });
  const signed = ({ at, by }: { at: string; by: string }) => ({
    name: by,
    at: instantInTable(at, organisation.timeZone, language),
  });
  const days = [...new Set([firstDay, lastDay])].map((day) => dayInTable(day, language)).join(' – ');
  return (
    <li className={`exemption exemption-${status}`}>
      <p>
        <b>{days}</b> {covers === 'all' ? t('exemptions.coversWho.all') : exemption.subjectName} ·{' '}
        {t(`exemptions.reasons.${exemption.reason}`)} ·{' '}
        <span className={`exemption-status-${status}`}>{t(`exemptions.status.${status}`)}</span>
      </p>
      <p>{exemption.note}</p>
      <p className="quiet">
        {metrics.length === 0
          ? t('exemptions.allMetrics')
          : metrics.map((metric) => (
              <span key={metric} className="exemption-metric">
                <Defined metric={metric}>
                  {say(definitions.data?.get(metric)?.name ?? { zh: metric, en: metric })}
                </Defined>
              </span>
            ))}
      </p>
      <p className="quiet small">
        {[
          t('exemptions.entered', signed(exemption.entered)),
          exemption.approved ? t('exemptions.approvedBy', signed(exemption.approved)) : null,
          exemption.withdrawn
            ? t('exemptions.withdrawnBy', { ...signed(exemption.withdrawn), reason: exemption.withdrawn.reason })
            : null,
          id,
          exemption.uses > 0 ? t('exemptions.uses', { count: exemption.uses }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {act.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(act.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="row">
        {exemption.mayApprove ? (
          <Button type="primary" loading={act.isPending} onClick={() => act.mutate({ act: 'approve' })}>
            {t('exemptions.approve')}
          </Button>
        ) : null}
        {exemption.mayWithdraw && !withdrawing ? (
          <Button onClick={() => setWithdrawing(true)}>{t('exemptions.withdraw')}</Button>
        ) : null}
      </p>
      {withdrawing && exemption.mayWithdraw ? (
        <EnterReason
          label={t('exemptions.withdrawReason')}
          press={t('exemptions.withdraw')}
          give={(reason) => act.mutate({ act: 'withdraw', reason })}
          close={() => setWithdrawing(false)}
        />
      ) : null}
    </li>
  );
}
