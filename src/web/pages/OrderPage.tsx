import '../orders/orders.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useCanGoBack, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { defaultVerdict } from '../../facts/orderVerdict.ts';
import type { OrderPage as Page } from '../../metrics/orderSchemas.ts';
import { channelName } from '../channelName.ts';
import { instantInTable, withUnit } from '../format.ts';
import { Choices } from '../orders/Choices.tsx';
import type { Settings } from '../orders/orderView.ts';
import { Timeline } from '../orders/Timeline.tsx';
import { Verdicts } from '../orders/Verdicts.tsx';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { orderQuery, organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/orders/$orderId');

export function OrderPage() {
  const { t } = useReader();
  const { orderId } = route.useParams();
  const query = useQuery(orderQuery(orderId));
  const [settings, setSettings] = useState<Settings>({
    credit: defaultVerdict.credit,
    windowDays: defaultVerdict.windowDays,
  });
  return (
    <>
      <Back />
      <PageHead title={t('orders.one', { id: orderId })} />
      <Answer query={query}>
        {(page) => (
          <article className="orders-page">
            <Facts order={page.order} />
            <Verdicts page={page} settings={settings} change={setSettings} />
            <Timeline events={page.events} />
            <Choices page={page} settings={settings} />
          </article>
        )}
      </Answer>
    </>
  );
}

function Facts({ order }: { readonly order: Page['order'] }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const yuan = (value: string) => withUnit(value, 'yuan', language);
  const facts = [
    [t('orders.amount'), yuan(order.amount)],
    [t('orders.refunded'), Number(order.refunded) === 0 ? null : yuan(order.refunded)],
    [t('orders.customer'), order.customer],
    [t('orders.shop'), order.shop],
    [t('orders.channel'), channelName(order.channel, language)],
    [t('orders.product'), order.sku],
    [
      t('orders.repeat'),
      order.previousPaidAt === null ? null : instantInTable(order.previousPaidAt, organisation.timeZone, language),
    ],
  ];
  return (
    <dl className="orders-facts">
      {facts.map(([word, text]) =>
        text ? (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** Back to where one came from; who opened the address itself goes to the list. */
function Back() {
  const { t } = useReader();
  const { history } = useRouter();
  return (
    <p className="page-back">
      {useCanGoBack() ? (
        <button type="button" className="text-button" onClick={() => history.back()}>
          ← {t('session.back')}
        </button>
      ) : (
        <Link to="/orders">← {t('orders.list')}</Link>
      )}
    </p>
  );
}
