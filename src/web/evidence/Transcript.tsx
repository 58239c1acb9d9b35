import '../rules/rules.css';
import './evidence.css';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { App, Select } from 'antd';
import { Fragment, type ReactNode, useState } from 'react';
import type { Transcript as TranscriptData } from '../../metrics/schemas.ts';
import type { SessionInspection } from '../../quality/rules/schemas.ts';
import { channelName } from '../channelName.ts';
import { clockTime, dayInTable, dayOf, instantInTable, withUnit } from '../format.ts';
import { definitionOf } from '../metrics/definitionWords.ts';
import { Answer } from '../parts/Answer.tsx';
import { type Picked, PickRubric } from '../quality/PickRubric.tsx';
import { definitionsQuery, organisationQuery, sessionInspectionQuery, transcriptQuery } from '../queries.ts';
import { Marked } from '../rules/Marked.tsx';
import { marksBy, spansFor } from '../rules/marksView.ts';
import { SessionAside } from '../rules/SessionAside.tsx';
import { SessionMarks } from '../rules/SessionMarks.tsx';
import { useReader } from '../text/language.ts';
import { type CountedTurn, countTurns, linesOf, sideOf, turnMetrics } from './transcriptView.ts';

const app = getRouteApi('/app');

interface TranscriptProps {
  /** How the record entered the figure one came from; stands above the conversation. */
  readonly counted?: ReactNode;
  /** '' where `from` says what is read. */
  readonly sessionId: string;
  readonly metric?: string | undefined;
  readonly agentId?: string | undefined;
  readonly openTicket?: (id: string) => void;
  /** The owner's name leads to their card: where one did not come from it. */
  readonly linkOwner?: boolean;
  /** Where it is read instead of the sessions. */
  readonly from?: string;
  /** Place of the message it is about, from 0. */
  readonly about?: number | null;
}

/** A conversation as it went, with the turns a figure counted marked between the messages. */
export function Transcript(props: TranscriptProps) {
  const { sessionId, metric, agentId, openTicket, counted, linkOwner = false, from, about = null } = props;
  const { t } = useReader();
  const [reveal, setReveal] = useState(false);
  const [readBy, setReadBy] = useState(metric !== undefined && turnMetrics.includes(metric) ? metric : undefined);
  const query = useQuery(transcriptQuery(sessionId, readBy, reveal, from));
  const { me } = app.useRouteContext();
  const [picked, setPicked] = useState<Picked | null>(null);
  const mayPick = from === undefined && me.permissions.includes('inspection.write');
  // The conversation can be read without it: marks come when they come. Whoever judges does so without them and without names.
  const marksQuery = useQuery({ ...sessionInspectionQuery(sessionId), enabled: from === undefined });
  // What was read on another page stays out of sight here.
  const inspection = from === undefined ? marksQuery.data : undefined;
  return (
    <Answer query={query}>
      {(transcript) => (
        <article className="talk-page">
          {counted}
          <div className="talk-side">
            <Facts transcript={transcript} openTicket={openTicket} linkOwner={linkOwner} />
            {inspection ? <SessionAside inspection={inspection} transcript={transcript} /> : null}
          </div>
          <div className="talk-main">
            <Masking masked={transcript.masked} reveal={setReveal} />
            {mayPick ? (
              <p className="row">
                <button type="button" className="press press-plain" onClick={() => setPicked({ message: null })}>
                  {t('quality.pick.talk')}
                </button>
              </p>
            ) : null}
            {picked ? (
              <PickRubric sessionId={sessionId} message={picked.message} close={() => setPicked(null)} />
            ) : null}
            <ReadBy metric={readBy} change={setReadBy} />
            {transcript.messages.length === 0 ? <p>{t('session.empty')}</p> : null}
            {inspection ? <SessionMarks inspection={inspection} sessionId={sessionId} /> : null}
            <Talk
              transcript={transcript}
              turns={countTurns(transcript, readBy, agentId)}
              metric={readBy}
              inspection={inspection}
              about={about}
              pick={mayPick ? (message) => setPicked({ message }) : null}
            />
            {transcript.truncated ? <p className="quiet">{t('session.truncated')}</p> : null}
          </div>
        </article>
      )}
    </Answer>
  );
}

/** By which metric the turns are marked. */
function ReadBy({
  metric,
  change,
}: {
  readonly metric: string | undefined;
  readonly change: (metric: string | undefined) => void;
}) {
  const { t, say } = useReader();
  const definitions = useQuery(definitionsQuery);
  const name = (id: string) => {
    const found = definitionOf(definitions.data, id)?.definition;
    return found ? say(found.name) : id;
  };
  return (
    <div className="row talk-read">
      <span className="quiet small">{t('session.readBy')}</span>
      <Select
        aria-label={t('session.readBy')}
        size="small"
        value={metric ?? ''}
        onChange={(id) => change(id === '' ? undefined : id)}
        popupMatchSelectWidth={false}
        style={{ minWidth: 160 }}
        options={[
          { value: '', label: t('session.readByNone') },
          ...turnMetrics.map((id) => ({ value: id, label: name(id) })),
        ]}
      />
    </div>
  );
}

function Facts({
  transcript: { session },
  openTicket,
  linkOwner,
}: {
  readonly transcript: TranscriptData;
  readonly openTicket: ((id: string) => void) | undefined;
  readonly linkOwner: boolean;
}) {
  const { t, language } = useReader();
  const { me } = app.useRouteContext();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const when = (at: string) => instantInTable(at, organisation.timeZone, language);
  const { ownerAgentId } = session;
  const name = session.ownerName ?? ownerAgentId;
  // An agent may open no card but their own.
  const mayOpen = linkOwner && (me.role !== 'agent' || me.agentId === ownerAgentId);
  const owner =
    ownerAgentId && mayOpen ? (
      <Link to="/scorecards/$agentId" params={{ agentId: ownerAgentId }}>
        {name}
      </Link>
    ) : (
      name
    );
  const facts: (readonly [string, ReactNode])[] = [
    [t('session.customer'), session.customer],
    [t('session.owner'), owner],
    [t('session.started'), when(session.startedAt)],
    [t('session.ended'), session.endedAt ? when(session.endedAt) : null],
    [t('session.channel'), channelName(session.channel, language)],
    [t('session.shop'), session.shop],
    [t('session.queue'), session.queue],
    [t('session.issue'), session.issue],
    [
      t('session.firstReply'),
      session.firstReplySeconds === null ? null : withUnit(session.firstReplySeconds, 'seconds', language),
    ],
    [t('session.rating'), session.rating ? t('session.stars', { score: session.rating.score }) : null],
  ];
  return (
    <header className="talk-facts">
      <dl>
        {facts.map(([word, text]) =>
          text ? (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{text}</dd>
            </div>
          ) : null,
        )}
        {session.tickets.length > 0 ? (
          <div>
            <dt>{t('session.tickets')}</dt>
            <dd>
              {session.tickets.map((id) =>
                openTicket ? (
                  <button key={id} type="button" className="text-button" onClick={() => openTicket(id)}>
                    {id}
                  </button>
                ) : (
                  <span key={id}>{id} </span>
                ),
              )}
            </dd>
          </div>
        ) : null}
      </dl>
      {session.exclusions.length > 0 ? (
        <p className="notice">
          {t('session.excluded', {
            reasons: session.exclusions.map((reason) => t(`session.exclusion.${reason}`)).join(t('mark.comma')),
          })}
        </p>
      ) : null}
    </header>
  );
}

function Masking({ masked, reveal }: { readonly masked: boolean; readonly reveal: (shown: boolean) => void }) {
  const { t } = useReader();
  const { me } = app.useRouteContext();
  const { modal } = App.useApp();
  const may = me.permissions.includes('personalData.reveal');
  if (!masked) {
    return (
      <p className="small row">
        {t('session.revealed')}
        <button type="button" className="text-button" onClick={() => reveal(false)}>
          {t('session.hide')}
        </button>
      </p>
    );
  }
  return (
    <p className="quiet small row">
      {t('session.masked')}
      {may ? (
        <button
          type="button"
          className="text-button"
          onClick={() =>
            modal.confirm({
              title: t('session.revealTitle'),
              content: t('session.revealText'),
              icon: null,
              okText: t('session.reveal'),
              cancelText: t('state.cancel'),
              onOk: () => reveal(true),
            })
          }
        >
          {t('session.reveal')}
        </button>
      ) : null}
    </p>
  );
}

function Talk({
  transcript,
  turns,
  metric,
  inspection,
  about,
  pick,
}: {
  readonly transcript: TranscriptData;
  readonly turns: readonly CountedTurn[];
  readonly metric: string | undefined;
  readonly inspection: SessionInspection | undefined;
  readonly about: number | null;
  readonly pick: ((message: number) => void) | null;
}) {
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const { t, language, say } = useReader();
  const zone = organisation.timeZone;
  const { session, messages } = transcript;
  const marks = marksBy(inspection?.marks ?? []);
  const unanswered = turns.filter(({ turn }) => turn.answeredAt === null);
  return (
    <ol className="talk">
      {linesOf(messages).map(({ id, message, before }, place) => {
        const day = dayOf(message.at, zone);
        const answered = message.answersTurn === null ? undefined : turns[message.answersTurn];
        const opened = message.opensTurn === null ? undefined : turns[message.opensTurn];
        const side = sideOf(message);
        const who =
          message.sender === 'agent' && message.senderName ? message.senderName : t(`session.${message.sender}`);
        return (
          <Fragment key={id}>
            {before && dayOf(before.at, zone) === day ? null : (
              <li className="talk-day">{dayInTable(day, language)}</li>
            )}
            <li
              className={[
                `talk-${side}`,
                opened?.counted || answered?.counted ? 'talk-counted' : '',
                message.kind === 'withdrawn' ? 'talk-withdrawn' : '',
                place === about ? 'talk-about' : '',
              ].join(' ')}
              ref={place === about ? intoView : undefined}
            >
              {place === about ? <b className="small talk-about-word">{t('quality.pick.about')}</b> : null}
              <span className="talk-who small quiet">
                {who}
                {message.auto ? ` · ${t('session.auto')}` : ''}
                {message.kind === 'text' ? '' : ` · ${t(`session.${message.kind}`)}`}{' '}
                <time className="figure">{clockTime(message.at, zone)}</time>
                {opened ? ` · ${t('session.turnOpen', { number: opened.number })}` : ''}
                {pick && message.humanReply ? (
                  <button type="button" className="text-button talk-pick" onClick={() => pick(place)}>
                    {t('quality.pick.message')}
                  </button>
                ) : null}
              </span>
              {message.kind === 'withdrawn' ? null : (
                <span className="talk-text" id={`message-${message.key}`}>
                  <Marked text={message.text} spans={spansFor(marks.get(message.key) ?? [], transcript.masked)} />
                </span>
              )}
              {(marks.get(message.key) ?? []).map((mark) => (
                <span key={mark.rule} className="small talk-mark">
                  {say(mark.ruleName)} · {t('rules.v', { version: mark.ruleVersion })} ·{' '}
                  {t(`rules.hit.status.${mark.status}`)}
                </span>
              ))}
            </li>
            {answered ? <TurnMark mark={answered} metric={metric} zone={zone} /> : null}
          </Fragment>
        );
      })}
      {unanswered.map((mark) => (
        <TurnMark key={mark.number} mark={mark} metric={metric} zone={zone} />
      ))}
      {session.endedAt ? (
        <li className="talk-day">
          {t('session.ended')} {clockTime(session.endedAt, zone)}
        </li>
      ) : null}
    </ol>
  );
}

/** Whoever opens it sees at once which message it is about. */
function intoView(line: HTMLLIElement | null): void {
  const pane = line?.closest('.workplace-talk');
  if (!line || !pane || pane.scrollHeight <= pane.clientHeight) return;
  pane.scrollTop += line.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

/** What a turn came to: from which clock to which reply, and whether the figure counts it. */
function TurnMark({
  mark,
  metric,
  zone,
}: {
  readonly mark: CountedTurn;
  readonly metric: string | undefined;
  readonly zone: string;
}) {
  const { t, language, say } = useReader();
  const definitions = useQuery({ ...definitionsQuery, enabled: metric !== undefined });
  const definition = metric === undefined ? undefined : definitionOf(definitions.data, metric)?.definition;
  const { turn, counted, number } = mark;
  const name = definition ? say(definition.name) : metric;
  return (
    <li className={counted ? 'turn turn-counted' : 'turn'} data-counted={counted ?? undefined}>
      <span>
        <b>{t('session.turn', { number })}</b>
        {turn.answeredAt === null || turn.replySeconds === null ? (
          ` · ${t('session.unanswered')}`
        ) : (
          <>
            {turn.clockAt === null ? null : ` · ${t('session.clock', { time: clockTime(turn.clockAt, zone) })}`}
            {' · '}
            <span className="figure">
              {t('session.waited', { seconds: withUnit(turn.replySeconds, 'seconds', language) })}
            </span>
            {turn.customerSeconds === null || Number(turn.customerSeconds) === Number(turn.replySeconds)
              ? ''
              : ` · ${t('session.waitedCustomer', { seconds: withUnit(turn.customerSeconds, 'seconds', language) })}`}
          </>
        )}
      </span>
      {counted === null ? null : (
        <span className="turn-word">
          {counted ? t('session.counted', { metric: name }) : t('session.notCounted', { metric: name })}
        </span>
      )}
    </li>
  );
}
