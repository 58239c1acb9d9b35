import '../quality/quality.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { instantInTable, periodName } from '../format.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { DrawForm } from '../quality/DrawForm.tsx';
import { SampleStand } from '../quality/SampleStand.tsx';
import { organisationQuery, samplesQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/quality/samples');

/** Samples drawn so far, what each says about the whole, and the form for the next. */
export function SamplesPage() {
  const { t, language } = useReader();
  const { sample } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const query = useQuery(samplesQuery);
  const [drawing, setDrawing] = useState(false);
  const open = (id: number | undefined) => {
    setDrawing(false);
    navigate({ search: id === undefined ? {} : { sample: String(id) } });
  };
  return (
    <>
      <p className="page-back">
        {sample ? (
          <button type="button" className="text-button" onClick={() => open(undefined)}>
            ← {t('quality.sample.all')}
          </button>
        ) : (
          <Link to="/quality">← {t('quality.back')}</Link>
        )}
      </p>
      <PageHead title={t('quality.sample.title')}>
        {query.data?.mayDraw && !drawing && !sample ? (
          <button type="button" className="press" onClick={() => setDrawing(true)}>
            {t('quality.sample.draw')}
          </button>
        ) : null}
      </PageHead>
      <p className="reading quality-lead">{t('quality.sample.lead')}</p>
      {sample ? (
        <SampleStand id={sample} />
      ) : (
        <Answer
          query={query}
          empty={({ samples }) =>
            samples.length === 0 && !drawing ? (
              <Empty title={t('quality.sample.nobody')} text={t('quality.sample.nobodyText')} />
            ) : null
          }
        >
          {(list) => (
            <>
              {drawing ? <DrawForm list={list} close={() => setDrawing(false)} drawn={open} /> : null}
              <ul className="queue sample-list">
                {list.samples.map(({ id, plan, drawn, done, drawnAt, drawnBy }) => (
                  <li key={id}>
                    <p className="row spread">
                      <button type="button" className="text-button" onClick={() => open(id)}>
                        <b>{plan.name}</b>
                      </button>
                      <span className="figure">
                        {t('quality.sample.done')} {done} / {drawn}
                      </span>
                    </p>
                    <p className="quiet small">
                      {periodName(plan.period, language)} ·{' '}
                      {t('quality.sample.by_', {
                        name: drawnBy,
                        at: instantInTable(drawnAt, organisation.timeZone, language),
                        seed: plan.seed,
                      })}
                    </p>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Answer>
      )}
    </>
  );
}
