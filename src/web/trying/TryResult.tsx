import type { BackTest } from '../../scores/backTestSchemas.ts';
import { absent, money, periodName, score, separated, weight } from '../format.ts';
import { useReader } from '../text/language.ts';
import { Moves } from './Moves.tsx';
import { type TryChoice, tryFilePath } from './runTry.ts';
import { Spread } from './Spread.tsx';
import { TriedItems } from './TriedItems.tsx';
import { TriedPeople } from './TriedPeople.tsx';

/** What trying a plan came to: the two sides first, then how grades move, what decides, what it hangs on, and person by person. */
export function TryResult({ choice, result }: { readonly choice: TryChoice; readonly result: BackTest }) {
  const { t, language } = useReader();
  const { periods, people, cards, up, down, same } = result;
  const names = periods.map((period) => periodName(period, language)).join(t('mark.comma'));
  return (
    <>
      <div className="row spread try-summary">
        <p>{t('try.summary', { people, cards, periods: names, up, down, same })}</p>
        <p className="row">
          <a className="press press-plain" href={tryFilePath(choice, 'xlsx', language)} download>
            {t('cards.exportXlsx')}
          </a>
          <a className="press press-plain" href={tryFilePath(choice, 'csv', language)} download>
            {t('cards.exportCsv')}
          </a>
        </p>
      </div>
      <Sides result={result} />
      <div className="columns">
        <Moves result={result} />
        <Spread result={result} />
      </div>
      <TriedItems result={result} />
      <TriedPeople result={result} />
    </>
  );
}

function Sides({ result }: { readonly result: BackTest }) {
  const { t, say } = useReader();
  const { before, after, pay, people, salaries } = result;
  const showsPay = pay === 'known' || pay === 'partly';
  const lines: readonly (readonly [string, (side: BackTest['before']) => string])[] = [
    [t('try.mean'), ({ meanTotal }) => score(meanTotal)],
    [t('try.rated'), ({ rated }) => separated(String(rated))],
    [t('try.unrated'), ({ unrated }) => separated(String(unrated))],
    [t('try.vetoed'), ({ vetoed }) => separated(String(vetoed))],
    [t('try.coefficients'), ({ cost }) => (cost.coefficients === null ? absent : separated(weight(cost.coefficients)))],
    ...(showsPay ? [[t('try.pay'), ({ cost }: BackTest['before']) => money(cost.payFen)] as const] : []),
    ...(before.cost.bonus || after.cost.bonus
      ? [
          [
            t('try.bonusMonths'),
            ({ cost }: BackTest['before']) => (cost.bonus ? separated(weight(cost.bonus.months)) : absent),
          ] as const,
        ]
      : []),
    ...(showsPay && (before.cost.bonus || after.cost.bonus)
      ? [[t('try.bonusPay'), ({ cost }: BackTest['before']) => money(cost.bonus?.payFen ?? null)] as const]
      : []),
    ...(before.ranks.length + after.ranks.length > 0
      ? [
          [
            t('try.ranks'),
            ({ ranks }: BackTest['before']) =>
              ranks.map(({ grade, count }) => `${say(grade)} ${count}`).join(t('mark.comma')) || absent,
          ] as const,
        ]
      : []),
  ];
  const note =
    pay === 'unknown'
      ? t('try.payUnknown')
      : pay === 'partly'
        ? t('try.payPartly', { people, salaries })
        : pay === 'hidden'
          ? t('try.payHidden')
          : null;
  const waits = before.cost.withoutCoefficient + after.cost.withoutCoefficient > 0;
  const head = (side: BackTest['before']) => {
    const versions = side.versions.filter((version) => version > 0).join(t('mark.comma'));
    return versions === '' ? say(side.name) : `${say(side.name)} ${t('try.versions', { versions })}`;
  };
  return (
    <section className="section">
      <div className="scroll-x">
        <table className="plain-table try-sides">
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col" className="end">
                {t('try.inForce')}
                <br />
                <span className="quiet small">{head(before)}</span>
              </th>
              <th scope="col" className="end">
                {t('try.tried')}
                <br />
                <span className="quiet small">{head(after)}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(([name, cell]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="end">{cell(before)}</td>
                <td className="end">{cell(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note ? <p className="quiet small">{note}</p> : null}
      {waits ? (
        <p className="quiet small">
          {t('try.withoutCoefficient', {
            before: before.cost.withoutCoefficient,
            after: after.cost.withoutCoefficient,
          })}
        </p>
      ) : null}
    </section>
  );
}
