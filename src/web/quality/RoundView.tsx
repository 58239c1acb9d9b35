import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RoundPage } from '../../quality/calibration/schemas.ts';
import { errorSentence, send } from '../api.ts';
import { instantInTable } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { organisationQuery, roundQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';
import { RoundStats } from './RoundStats.tsx';

type Conversation = RoundPage['conversations'][number];

/** One round: what there is to score, and once all is in, where the raters differ. */
export function RoundView({ id }: { readonly id: string }) {
  const { t } = useReader();
  const query = useQuery(roundQuery(id));
  return (
    <Answer query={query}>
      {(round) => (
        <>
          <h2>{round.name}</h2>
          <p className="quiet">
            {round.raters
              .map(
                ({ name, done, expert }) =>
                  t('quality.round.done', { name, done, all: round.records }) +
                  (expert ? ` (${t('quality.round.isExpert')})` : ''),
              )
              .join(' · ')}
          </p>
          {round.follows === null ? null : (
            <p className="quiet">
              <Link to="/quality/calibration" search={{ round: String(round.follows) }}>
                {t('quality.round.follows', { round: round.follows })}
              </Link>
            </p>
          )}
          {round.shown ? null : <p className="notice">{t('quality.round.waiting')}</p>}
          {round.stats ? <RoundStats round={round} stats={round.stats} /> : null}
          <ul className="queue">
            {round.conversations.map((each) => (
              <ConversationLine key={each.place} round={round} conversation={each} />
            ))}
          </ul>
          {round.outcome ? (
            <section className="section">
              <h3>{t('quality.round.outcome')}</h3>
              <p className="reading">{round.outcome}</p>
            </section>
          ) : null}
          {round.reworded === null ? null : (
            <p>
              <Link to="/quality/rubrics">{t('quality.round.rewordedIn', { version: round.reworded })}</Link>
            </p>
          )}
          {round.followedBy === null ? null : (
            <p className="notice">
              <Link to="/quality/calibration" search={{ round: String(round.followedBy) }}>
                {t('quality.round.followedBy', { round: round.followedBy })}
              </Link>
            </p>
          )}
          {round.mayClose && round.shown ? <Close round={round} /> : null}
        </>
      )}
    </Answer>
  );
}

function ConversationLine({ round, conversation }: { readonly round: RoundPage; readonly conversation: Conversation }) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { place, done, scores, happenedAt } = conversation;
  const stand = round.stats?.records.find((record) => record.place === place);
  const isOpen = round.rates && !done && round.closedAt === null;
  return (
    <li className="sample-list-line">
      <p className="row spread">
        <span>
          <Link to="/quality/calibration/$roundId/$place" params={{ roundId: String(round.id), place: String(place) }}>
            {t('quality.round.conversation', { n: place })}
          </Link>{' '}
          <span className="quiet figure">{instantInTable(happenedAt, organisation.timeZone, language)}</span>
        </span>
        <span className="figure">
          {scores.map(({ name, score }) => `${name} ${score}`).join(' · ')}
          {isOpen ? t('quality.round.rate') : scores.length === 0 && done ? t('quality.round.rated') : ''}
        </span>
      </p>
      {stand && stand.spread !== null ? (
        <p className="quiet">
          {t('quality.round.spread')} <span className="figure">{stand.spread.toFixed(2)}</span>
          {stand.tooWide ? <b className="queue-disputed"> {t('quality.round.tooWide')}</b> : null}
          {stand.agreed === null ? null : (
            <>
              {' '}
              · {t('quality.round.agreed')} <b className="figure">{stand.agreed.toFixed(2)}</b>
            </>
          )}
        </p>
      ) : null}
      {round.shown ? <Discussion round={round.id} conversation={conversation} /> : null}
    </li>
  );
}

function Discussion({ round, conversation }: { readonly round: number; readonly conversation: Conversation }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () => send('POST', `/api/calibrations/${round}/records/${conversation.place}/notes`, { text }),
    onSuccess: () => {
      setText('');
      return client.invalidateQueries();
    },
  });
  return (
    <details className="finished-more" open={conversation.notes.length > 0}>
      <summary>{t('quality.round.discussion')}</summary>
      {conversation.notes.map((note) => (
        <p key={note.at}>
          <b>{note.name}</b> {note.text}
        </p>
      ))}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') add.mutate();
        }}
      >
        <textarea
          className="form-comment"
          aria-label={t('quality.round.remark')}
          placeholder={t('quality.round.remark')}
          rows={1}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="press press-plain" disabled={add.isPending || text.trim() === ''}>
          {t('quality.round.add')}
        </button>
        {add.error ? <span role="alert">{errorSentence(add.error, language) ?? t('state.broken')}</span> : null}
      </form>
    </details>
  );
}

function Close({ round: { id, laterVersions, stats } }: { readonly round: RoundPage }) {
  const { t, language } = useReader();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState('');
  const [reworded, setReworded] = useState<number | null>(null);
  const apart = stats?.records.filter(({ tooWide }) => tooWide).length ?? 0;
  const close = useMutation({
    mutationFn: () => send('POST', `/api/calibrations/${id}/close`, { outcome, reworded }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <form
      className="section stack"
      onSubmit={(event) => {
        event.preventDefault();
        close.mutate();
      }}
    >
      <label className="form-all">
        <span>{t('quality.round.outcome')}</span>
        <textarea rows={3} maxLength={4000} value={outcome} onChange={(event) => setOutcome(event.target.value)} />
      </label>
      {laterVersions.length > 0 ? (
        <label className="field">
          <span>{t('quality.round.reworded')}</span>
          <select
            value={reworded ?? ''}
            onChange={({ target }) => setReworded(target.value === '' ? null : Number(target.value))}
          >
            <option value="">{t('quality.round.notReworded')}</option>
            {laterVersions.map((version) => (
              <option key={version} value={version}>
                {t('quality.round.versionOf', { version })}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {apart > 0 ? <p className="notice">{t('quality.round.again', { count: apart })}</p> : null}
      <p className="quiet">{t('quality.round.closeText')}</p>
      {close.error ? <p role="alert">{errorSentence(close.error, language) ?? t('state.broken')}</p> : null}
      <p>
        <button type="submit" className="press" disabled={close.isPending}>
          {t('quality.round.close')}
        </button>
      </p>
    </form>
  );
}
