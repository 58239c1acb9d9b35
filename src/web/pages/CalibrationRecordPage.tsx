import '../quality/quality.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TalkPane } from '../quality/TalkPane.tsx';
import { Workplace } from '../quality/Workplace.tsx';
import { calibrationRecordQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/quality/calibration/$roundId/$place');

/** One conversation of a round, to be scored without seeing the others' scores. */
export function CalibrationRecordPage() {
  const { t } = useReader();
  const { roundId, place } = route.useParams();
  const navigate = useNavigate();
  const query = useQuery(calibrationRecordQuery(roundId, place));
  const base = `/api/calibrations/${roundId}/records/${place}`;
  return (
    <>
      <p className="page-back">
        <Link to="/quality/calibration" search={{ round: roundId }}>
          ← {t('quality.calibration')}
        </Link>
      </p>
      <Answer query={query}>
        {({ name, rubric, own, next }) => {
          const toNext = () =>
            navigate({ to: '/quality/calibration/$roundId/$place', params: { roundId, place: String(next) } });
          return (
            <>
              <PageHead title={t('quality.round.record', { name, n: place })} />
              {own ? (
                <Workplace
                  key={base}
                  {...{ base, rubric, own, purpose: 'calibration', busy: [] }}
                  message={null}
                  toNext={next === null ? null : toNext}
                />
              ) : (
                <>
                  <p className="notice">{t('quality.round.handed')}</p>
                  <TalkPane from={`${base}/transcript`} message={null} />
                </>
              )}
            </>
          );
        }}
      </Answer>
    </>
  );
}
