import type { Meeting, MeetingPerson } from '../../appraisal/meeting/schemas.ts';
import { money } from '../format.ts';
import { useReader } from '../text/language.ts';
import { countGrades, payOf, quotasOf } from './meetingView.ts';

/** How many each grade has, how that stands against the quotas, and what all of it pays. */
export function Quotas({ meeting }: { readonly meeting: Meeting }) {
  const { t, say } = useReader();
  const quotas = quotasOf(meeting);
  const pay = payOf(meeting);
  const names = new Map(meeting.scales.distribution.map(({ id, name }) => [id, say(name)]));
  const scales: MeetingPerson['scale'][] = ['distribution', 'bands'];
  const poolName = (name: string) =>
    name === 'all' ? t('meeting.pool.all') : name === '' ? t('meeting.pool.others') : name;
  return (
    <div className="meeting-sums">
      <section>
        <h2>{t('meeting.counts')}</h2>
        {scales
          .map((scale) => countGrades(meeting, scale))
          .filter((counts) => counts.some(({ people, computed }) => people + computed > 0))
          .map((counts) => (
            <dl key={counts[0]?.step.id} className="meeting-counts">
              {counts.map(({ step, people, computed }) => (
                <div key={step.id}>
                  <dt>{say(step.name)}</dt>
                  <dd className="figure">
                    {t('meeting.count', { people })}
                    {people === computed ? null : (
                      <span className="quiet small"> {t('meeting.was', { computed })}</span>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          ))}
      </section>
      {quotas.length > 0 ? (
        <section>
          <h2>{t('meeting.quotas')}</h2>
          <ul className="meeting-quotas">
            {quotas.map(({ pool, n, limits }) => (
              <li key={pool}>
                <span className="quiet">
                  {poolName(pool)} {t('meeting.count', { people: n })}
                </span>
                {limits.map(({ grades, people, most }) => (
                  <span key={grades.join()} className={people > most ? 'figure fault' : 'figure'}>
                    {t('meeting.limit', { grades: grades.map((id) => names.get(id) ?? id).join(' + '), people, most })}
                    {people > most ? ` · ${t('meeting.over', { count: people - most })}` : ''}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h2>{t('meeting.pay')}</h2>
        <p aria-live="polite">
          {pay === null
            ? t('meeting.noPay')
            : t('meeting.payText', {
                now: money(pay.now.toString()),
                change: `${pay.now > pay.before ? '+' : ''}${money((pay.now - pay.before).toString())}`,
              })}
        </p>
      </section>
    </div>
  );
}
