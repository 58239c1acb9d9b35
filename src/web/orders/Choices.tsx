import { creditBys, verdictRules } from '../../facts/orderVerdict.ts';
import type { OrderPage } from '../../metrics/orderSchemas.ts';
import { useReader } from '../text/language.ts';
import { Credited } from './AgentName.tsx';
import { type Settings, windowRuns } from './orderView.ts';

/** Every rule and way to credit, and whom it credits as the inquiry stays valid for longer; the chosen run stands out. */
export function Choices({ page, settings }: { readonly page: OrderPage; readonly settings: Settings }) {
  const { t } = useReader();
  return (
    <section className="section">
      <h2>{t('orders.choices')}</h2>
      <p className="quiet small">{t('orders.choicesText')}</p>
      <table className="table orders-choices">
        <tbody>
          {verdictRules.flatMap((rule) =>
            creditBys.map((credit) => (
              <tr key={`${rule} ${credit}`}>
                <th scope="row">
                  {t(`orders.rule.${rule}`)} <span className="quiet small">{t(`orders.credit.${credit}`)}</span>
                </th>
                <td>
                  <ul>
                    {windowRuns(page, rule, credit).map(({ from, to, choice }) => (
                      <li
                        key={from}
                        className={
                          credit === settings.credit && from <= settings.windowDays && settings.windowDays <= to
                            ? 'orders-chosen'
                            : undefined
                        }
                      >
                        <span className="quiet figure">
                          {from === to ? t('orders.days', { days: from }) : t('orders.range', { from, to })}
                        </span>{' '}
                        <Credited verdict={choice} />
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}
