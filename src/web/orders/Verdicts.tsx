import { useSuspenseQuery } from '@tanstack/react-query';
import { verdictRules } from '../../facts/orderVerdict.ts';
import type { OrderPage } from '../../metrics/orderSchemas.ts';
import { instantInTable } from '../format.ts';
import { organisationQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Credited, useAgentName } from './AgentName.tsx';
import { choiceOf, type Settings, whyOf } from './orderView.ts';
import { SettingsPick } from './SettingsPick.tsx';

/** The three rules one under another: whom each credits, and why, in a sentence. */
export function Verdicts({
  page,
  settings,
  change,
}: {
  readonly page: OrderPage;
  readonly settings: Settings;
  readonly change: (settings: Settings) => void;
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const name = useAgentName();
  return (
    <section className="section">
      <h2>{t('orders.verdicts')}</h2>
      <div className="orders-settings">
        <span className="quiet">{t('orders.creditLabel')}</span>
        <SettingsPick value={settings} change={change} />
      </div>
      <dl className="orders-verdicts">
        {verdictRules.map((rule) => {
          const choice = choiceOf(page, rule, settings);
          if (!choice) return null;
          const why = whyOf(page, choice);
          return (
            <div key={rule}>
              <dt>{t(`orders.rule.${rule}`)}</dt>
              <dd>
                <Credited verdict={choice} />
                <p>
                  {t(`orders.why.${why.key}`, {
                    agent: name(why.agent),
                    at: why.at === null ? '' : instantInTable(why.at, organisation.timeZone, language),
                    days: settings.windowDays,
                    basis: t(`orders.basis.${rule}`),
                  })}
                </p>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
