import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Interview, LinkChange, ReviewPage } from '../../review/schemas.ts';
import { dayInTable } from '../format.ts';
import { FormEnd } from '../parts/FormEnd.tsx';
import { useSave } from '../parts/useSave.ts';
import { definitionsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { since } from './reviewView.ts';

/** What people and customers said, and what it changed. */
export function Interviews({ page }: { readonly page: ReviewPage }) {
  return (
    <ul className="reviews">
      {page.interviews.map((interview) => (
        <Line key={interview.id} interview={interview} page={page} />
      ))}
    </ul>
  );
}

interface LineProps {
  readonly interview: Interview;
  readonly page: ReviewPage;
}

function Line({ interview, page }: LineProps) {
  const { t, language } = useReader();
  const [isOpen, setOpen] = useState(false);
  const { whom, name, day, summary, taken, changes } = interview;
  const occasion = page.occasions.find(({ id }) => id === interview.occasion);
  return (
    <li>
      <p className="review-head">
        <span className="figure">{dayInTable(day, language)}</span>
        <span className="quiet">{t(`review.interviewees.${whom}`)}</span>
        <b>{name}</b>
        {occasion ? <span className="quiet">{occasion.title}</span> : null}
      </p>
      <p className="review-said">{summary}</p>
      {changes.length === 0 ? <p className="quiet small">{t('review.changesNone')}</p> : null}
      <ul className="review-plans">
        {changes.map((change) => (
          <li key={`${change.what} ${change.subject} ${change.version}`}>
            <Change change={change} />
          </li>
        ))}
      </ul>
      <p className="quiet small">{t('review.takenBy', { name: taken.by })}</p>
      {page.may.write && !isOpen ? (
        <p>
          <button type="button" className="text-button" onClick={() => setOpen(true)}>
            {t('review.linkChange')}
          </button>
        </p>
      ) : null}
      {isOpen ? <Linking interview={interview} page={page} close={() => setOpen(false)} /> : null}
    </li>
  );
}

function Change({ change }: { readonly change: Interview['changes'][number] }) {
  const { t, say } = useReader();
  const { data: definitions } = useQuery(definitionsQuery);
  const { what, subject, version, name } = change;
  if (what === 'plan')
    return (
      <Link to="/plans/$planId" params={{ planId: subject }} search={{ version: String(version) }}>
        {t('review.changePlan', { name: name ? say(name) : subject, version })}
      </Link>
    );
  const metric = definitions?.get(subject)?.name;
  return (
    <Link to="/metrics/$metricId" params={{ metricId: subject }}>
      {t('review.changeDefinition', { name: metric ? say(metric) : subject, version })}
    </Link>
  );
}

function Linking({ interview, page, close }: LineProps & { readonly close: () => void }) {
  const { t, say } = useReader();
  const { data: definitions } = useQuery(definitionsQuery);
  const [chosen, setChosen] = useState('');
  const act = useSave<LinkChange>({
    path: `/api/review-interviews/${interview.id}/changes`,
    anew: ['reviews'],
    done: close,
  });
  const nameOf = (metric: string) => {
    const name = definitions?.get(metric)?.name;
    return name ? say(name) : metric;
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    const [what, subject = '', version] = chosen.split(' ');
    act.mutate({ what: what === 'plan' ? 'plan' : 'definition', subject, version: Number(version) });
  }
  return (
    <form className="review-form" onSubmit={submit}>
      <label className="field">
        <span>{t('review.what')}</span>
        <select required value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="" />
          {page.plans.flatMap(({ id, name, versions }) =>
            since(versions, interview.day).map(({ version }) => (
              <option key={`${id} ${version}`} value={`plan ${id} ${version}`}>
                {t('review.changePlan', { name: say(name), version })}
              </option>
            )),
          )}
          {since(page.definitions, interview.day).map(({ metric, version }) => (
            <option key={`${metric} ${version}`} value={`definition ${metric} ${version}`}>
              {t('review.changeDefinition', { name: nameOf(metric), version })}
            </option>
          ))}
        </select>
      </label>
      <FormEnd act={act} word={t('review.save')} close={close} />
    </form>
  );
}
