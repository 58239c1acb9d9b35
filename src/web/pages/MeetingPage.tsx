import '../cycles/cycles.css';
import '../meeting/meeting.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Meeting } from '../../appraisal/meeting/schemas.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { periodName } from '../format.ts';
import { LeniencyTable } from '../meeting/LeniencyTable.tsx';
import { Moves } from '../meeting/Moves.tsx';
import { People } from '../meeting/People.tsx';
import { Quotas } from '../meeting/Quotas.tsx';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { meetingQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/cycles/$period/meeting');

/** Everybody of one plan on the table: who stands where, what a move does, and how lenient raters were. */
export function MeetingPage() {
  const { t, language } = useReader();
  const { period } = route.useParams();
  const { plan } = route.useSearch();
  const query = useQuery(meetingQuery(period, plan));
  return (
    <>
      <PageHead title={t('meeting.title')}>
        <Link to="/cycles/$period" params={{ period }}>
          {periodName(period, language)}
        </Link>
      </PageHead>
      <AppraisalLinks />
      <p className="reading cycles-lead">{t('meeting.lead')}</p>
      <Answer query={query}>{(meeting) => <Table meeting={meeting} plan={plan} />}</Answer>
    </>
  );
}

function Table({ meeting, plan }: { readonly meeting: Meeting; readonly plan: string | undefined }) {
  const { t, say } = useReader();
  const navigate = route.useNavigate();
  return (
    <>
      {meeting.plans.length > 1 ? (
        <label className="field meeting-plan">
          <span>{t('meeting.plan')}</span>
          <select value={meeting.plan.id} onChange={(event) => navigate({ search: { plan: event.target.value } })}>
            {meeting.plans.map(({ id, name }) => (
              <option key={id} value={id}>
                {say(name)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {meeting.state === 'closed' ? null : <p className="notice">{t('meeting.closed')}</p>}
      <Quotas meeting={meeting} />
      <div className="meeting">
        <People key={meeting.plan.id} meeting={meeting} plan={plan} />
        <Moves meeting={meeting} plan={plan} />
      </div>
      <LeniencyTable meeting={meeting} />
    </>
  );
}
