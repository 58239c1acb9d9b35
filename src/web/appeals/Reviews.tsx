import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Review } from '../../appraisal/appeals/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { periodName } from '../format.ts';
import { reviewPreviewQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { Compare } from './Compare.tsx';

/** What an upheld appeal throws doubt on elsewhere: looked at one by one, by people. */
export function Reviews({ reviews }: { readonly reviews: readonly Review[] }) {
  return (
    <ul className="appeals">
      {reviews.map((review) => (
        <Case key={review.id} review={review} />
      ))}
    </ul>
  );
}

function Case({ review }: { readonly review: Review }) {
  const { t, language } = useReader();
  const [open, setOpen] = useState(false);
  return (
    <li className="appeal-case">
      <p className="row">
        <b>{review.agentName}</b>
        <span className="quiet">{review.team}</span>
        <span>{review.incident}</span>
        <span className="quiet">{periodName(review.period, language)}</span>
        <b>{t(`appeals.review.state.${review.state}`)}</b>
      </p>
      <p className="row quiet small">
        <Link to="/appeals/$appealId" params={{ appealId: String(review.appeal) }}>
          {t('appeals.review.from', { id: review.appeal })}
        </Link>
        {review.sessionId ? (
          <Link to="/sessions/$sessionId" params={{ sessionId: review.sessionId }}>
            {t('appeals.review.session')}
          </Link>
        ) : null}
        <span>{review.incidentId}</span>
      </p>
      {review.decidedBy ? (
        <p className="quiet">{t('appeals.review.decided', { name: review.decidedBy, reason: review.reason })}</p>
      ) : null}
      {review.mayDecide && !open ? (
        <p>
          <button type="button" className="press press-plain" onClick={() => setOpen(true)}>
            {t('appeals.review.look')}
          </button>
        </p>
      ) : null}
      {review.mayDecide && open ? <DecideCase id={review.id} /> : null}
    </li>
  );
}

function DecideCase({ id }: { readonly id: number }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const preview = useQuery({ ...reviewPreviewQuery(id), retry: false });
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: (decision: 'stands' | 'overturned') =>
      send('POST', `/api/appeal-reviews/${id}/decide`, { decision, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['appeals'] }),
  });
  const error = decide.error ?? preview.error;
  const idle = decide.isPending || reason.trim() === '';
  return (
    <div className="appeal-decide">
      {preview.data ? <Compare compared={preview.data} /> : null}
      <label className="form-all">
        <span>{t('appeals.review.reason')}</span>
        <textarea rows={2} maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(error, language) ?? t('state.broken')}
        </p>
      ) : null}
      <p className="row">
        <button type="button" className="press" disabled={idle} onClick={() => decide.mutate('stands')}>
          {t('appeals.review.stands')}
        </button>
        <button type="button" className="press press-plain" disabled={idle} onClick={() => decide.mutate('overturned')}>
          {t('appeals.review.overturned')}
        </button>
      </p>
    </div>
  );
}
