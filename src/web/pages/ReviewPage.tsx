import '../review/review.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { ReviewPage as Page } from '../../review/schemas.ts';
import { AppraisalLinks } from '../cycles/AppraisalLinks.tsx';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { reviewsQuery } from '../queries.ts';
import { AddInterview } from '../review/AddInterview.tsx';
import { AddMeeting } from '../review/AddMeeting.tsx';
import { AddOccasion } from '../review/AddOccasion.tsx';
import { Calendar } from '../review/Calendar.tsx';
import { Committee } from '../review/Committee.tsx';
import { Interviews } from '../review/Interviews.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/review');
const views = ['calendar', 'interviews', 'committee'] as const;
type View = (typeof views)[number];
const adding = { calendar: 'add', interviews: 'addInterview', committee: 'addMeeting' } as const;
const nothing = { calendar: 'none', interviews: 'interviewsNone', committee: 'meetingsNone' } as const;

/** When plans are due for review, what people said, and what the committee does about it. */
export function ReviewPage() {
  const { t } = useReader();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(reviewsQuery);
  const [isAdding, setAdding] = useState(false);
  const view = views.find((each) => each === search.view) ?? 'calendar';
  const close = () => setAdding(false);
  return (
    <>
      <PageHead
        title={t('review.title')}
        pickers={
          <Segmented<View>
            aria-label={t('review.title')}
            value={view}
            onChange={(next) => {
              close();
              navigate({ search: next === 'calendar' ? {} : { view: next }, replace: true });
            }}
            options={views.map((value) => ({ value, label: t(`review.views.${value}`) }))}
          />
        }
      >
        {query.data?.may.write ? (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t(`review.${adding[view]}`)}
          </Button>
        ) : null}
      </PageHead>
      <AppraisalLinks />
      <p className="reading review-lead">{t('review.lead')}</p>
      {isAdding && query.data ? <Adding view={view} page={query.data} close={close} /> : null}
      <Answer
        query={query}
        empty={(page) =>
          listOf(page, view).length === 0 ? (
            <Empty title={t(`review.${nothing[view]}`)} text={t(`review.${nothing[view]}Text`)} />
          ) : null
        }
      >
        {(page) => {
          switch (view) {
            case 'calendar':
              return <Calendar page={page} />;
            case 'interviews':
              return <Interviews page={page} />;
            case 'committee':
              return <Committee page={page} />;
          }
        }}
      </Answer>
    </>
  );
}

function listOf(page: Page, view: View): readonly unknown[] {
  switch (view) {
    case 'calendar':
      return page.occasions;
    case 'interviews':
      return page.interviews;
    case 'committee':
      return page.meetings;
  }
}

interface AddingProps {
  readonly view: View;
  readonly page: Page;
  readonly close: () => void;
}

function Adding({ view, page, close }: AddingProps) {
  switch (view) {
    case 'calendar':
      return <AddOccasion page={page} close={close} />;
    case 'interviews':
      return <AddInterview page={page} close={close} />;
    case 'committee':
      return <AddMeeting page={page} close={close} />;
  }
}
