import '../cycles/cycles.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CycleRow } from '../../appraisal/schemas.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { dayInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { cyclesQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

/** Every month, quarter and year, and where each stands. */
export function CyclesPage() {
  const { t } = useReader();
  const query = useQuery(cyclesQuery);
  return (
    <>
      <PageHead title={t('cycles.title')} />
      <AppraisalLinks />
      <p className="reading cycles-lead">{t('cycles.lead')}</p>
      <Answer
        query={query}
        empty={({ cycles }) =>
          cycles.length === 0 ? <Empty title={t('cycles.none')} text={t('cycles.noneText')} /> : null
        }
      >
        {({ cycles }) => (
          <table className="cycle-list">
            <thead>
              <tr>
                <th scope="col">{t('cycles.period')}</th>
                <th scope="col" className="wide">
                  {t('cycles.days')}
                </th>
                <th scope="col">{t('cycles.stateHead')}</th>
                <th scope="col" className="wide">
                  {t('cycles.published')}
                </th>
                <th scope="col" className="num">
                  {t('cycles.peopleHead')}
                </th>
              </tr>
            </thead>
            <tbody>
              {cycles.map((cycle) => (
                <Line key={cycle.period} cycle={cycle} />
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </>
  );
}

function Line({ cycle }: { readonly cycle: CycleRow }) {
  const { t, language } = useReader();
  const { period, firstDay, lastDay, state, publishedOn, people } = cycle;
  return (
    <tr>
      <td>
        <Link to="/cycles/$period" params={{ period }}>
          {periodName(period, language)}
        </Link>
      </td>
      <td className="wide">
        {dayInTable(firstDay, language)} – {dayInTable(lastDay, language)}
      </td>
      <td>{t(`cycles.state.${state}`)}</td>
      <td className="wide">{publishedOn ? dayInTable(publishedOn, language) : ''}</td>
      <td className="num">{people ?? ''}</td>
    </tr>
  );
}
