import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FeedbackRoundPage, RoundReport } from '../../appraisal/rounds/schemas.ts';
import { absent, score, signed } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { roundReportQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** How people rate, for HR; and everybody's total once published. */
export function Report({ round }: { readonly round: FeedbackRoundPage }) {
  const query = useQuery(roundReportQuery(round.id));
  return (
    <Answer query={query}>
      {({ raters, results }) => (
        <>
          {results.length > 0 ? <Totals id={round.id} results={results} /> : null}
          <Styles raters={raters} />
        </>
      )}
    </Answer>
  );
}

function Styles({ raters }: Pick<RoundReport, 'raters'>) {
  const { t } = useReader();
  const size = (text: string | null) => (text === null ? -1 : Math.abs(Number(text)));
  const inOrder = [...raters].sort((a, b) => size(b.severity) - size(a.severity));
  return (
    <section className="section">
      <h2>{t('rounds.styles')}</h2>
      <p className="quiet">{t('rounds.stylesText')}</p>
      <div className="scroll-x">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('rounds.rater')}</th>
              <th scope="col" className="end">
                {t('rounds.ratings')}
              </th>
              <th scope="col" className="end">
                {t('rounds.severity')}
              </th>
              <th scope="col" className="end">
                {t('rounds.flat')}
              </th>
              <th scope="col" className="end">
                {t('rounds.spread')}
              </th>
            </tr>
          </thead>
          <tbody>
            {inOrder.map(({ rater, name, ratings, severity, flat, spread }) => (
              <tr key={rater}>
                <td>{name}</td>
                <td className="end figure">{ratings}</td>
                <td className="end figure">{severity === null ? absent : signed(severity)}</td>
                <td className="end figure">{flat === null ? absent : `${score(flat)}%`}</td>
                <td className="end figure">{score(spread)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Totals({ id, results }: Pick<RoundReport, 'results'> & { readonly id: number }) {
  const { t } = useReader();
  return (
    <details className="section">
      <summary>{t('rounds.totals', { count: results.length })}</summary>
      <ul className="round-lines">
        {results.map(({ agentId, name, team, total, raters }) => (
          <li key={agentId}>
            <Link
              to="/rounds/$roundId/results/$agentId"
              params={{ roundId: String(id), agentId }}
              className="round-line"
            >
              <span>
                <b>{name}</b> <span className="quiet small">{team}</span>
              </span>
              <span className="figure">
                {total === null ? t('rounds.tooFew') : score(total)}{' '}
                <span className="quiet small">{t('rounds.ratersCount', { count: raters })}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
