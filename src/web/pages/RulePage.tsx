import '../rules/rules.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import type { RulePage as Page, Trial as TrialData } from '../../quality/rules/schemas.ts';
import { ApiError, send } from '../api.ts';
import { instantInTable } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { organisationQuery, ruleQuery, trialQuery } from '../queries.ts';
import { Refusals } from '../rules/Refusals.tsx';
import { useRuleWords } from '../rules/RuleTable.tsx';
import { isRuleId, ruleTemplate } from '../rules/rulesView.ts';
import { Trial } from '../rules/Trial.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/rules/$ruleId');

/** One rule: how it stands, its text to read, try and change, and what it was before. */
export function RulePage() {
  const { t, say } = useReader();
  const { ruleId } = route.useParams();
  const query = useQuery({ ...ruleQuery(ruleId), enabled: ruleId !== 'new' });
  if (ruleId === 'new') {
    return (
      <>
        <Back />
        <PageHead title={t('rules.page.newTitle')} />
        <div className="rule-page">
          <Editor written={ruleTemplate('my_rule')} mayWrite />
        </div>
      </>
    );
  }
  return (
    <>
      <Back />
      <Answer query={query}>
        {(page) => (
          <>
            <PageHead title={say(page.rule.name)}>
              <Link to="/rules" search={{ view: 'hits', rule: page.rule.id }} className="press press-plain">
                {t('rules.page.toHits')}
              </Link>
            </PageHead>
            <Standing page={page} />
            <div className="rule-page">
              <Editor
                key={page.versions[0]?.version}
                written={page.rule.written}
                mayWrite={page.mayWrite}
                versions={page.versions}
              />
            </div>
          </>
        )}
      </Answer>
    </>
  );
}

function Back() {
  const { t } = useReader();
  return (
    <p className="page-back">
      <Link to="/rules">← {t('rules.page.back')}</Link>
    </p>
  );
}

function Standing({ page: { rule } }: { readonly page: Page }) {
  const { t, say } = useReader();
  const words = useRuleWords();
  return (
    <div className="section">
      <p className="reading">
        {words.becomes(rule)} · {t(`rules.severities.${rule.severity}`)} · {t('rules.v', { version: rule.version })}
        {rule.on ? '' : ` · ${t('rules.off')}`}
      </p>
      <p>
        {t('rules.precision')}
        {t('mark.colon')}
        {words.precision(rule)} · {t('rules.hits')}
        {t('mark.colon')}
        {t('rules.perRule', { hits: rule.hits, sessions: rule.sessions })}
      </p>
      <p className="quiet">
        {t(`rules.standingText.${rule.standing}`, {
          ...{ labelled: rule.earns?.labelled, precision: rule.earns?.precisionPercent, rolling: rule.earns?.rolling },
        })}
      </p>
      {rule.hitsTooMuch ? <p className="notice">{t('rules.tooMuchText')}</p> : null}
      {rule.advice ? (
        <p className="quiet">
          {t('rules.page.advice')}
          {t('mark.colon')}
          {say(rule.advice)}
        </p>
      ) : null}
    </div>
  );
}

interface EditorProps {
  readonly written: string;
  readonly mayWrite: boolean;
  readonly versions?: Page['versions'];
}

function Editor({ written, mayWrite, versions = [] }: EditorProps) {
  const { t } = useReader();
  const [text, setText] = useState(written);
  const [reason, setReason] = useState('');
  const [trialId, setTrialId] = useState<string | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const trial = useQuery(trialQuery(trialId));
  const begin = useMutation({
    mutationFn: () => send<TrialData>('POST', '/api/rule-trials', { text }),
    onSuccess: ({ id }) => setTrialId(id),
  });
  const save = useMutation({
    mutationFn: (evenSo: boolean) => {
      const id = /^id:\s*["']?(\w+)/m.exec(text)?.[1] ?? '';
      return send<null>('PUT', `/api/rules/${isRuleId(id) ? id : 'invalid_id'}`, { text, reason, evenSo }).then(
        () => id,
      );
    },
    onSuccess: async (id) => {
      await client.invalidateQueries({ queryKey: ['rules'] });
      await navigate({ to: '/rules/$ruleId', params: { ruleId: id } });
    },
  });
  const refused = save.error instanceof ApiError && save.error.code === 'rule.matchesTooMuch';
  return (
    <>
      <div className="rule-text">
        <Input.TextArea
          aria-label={t('rules.page.text')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoSize={{ minRows: 14, maxRows: 36 }}
          spellCheck={false}
          readOnly={!mayWrite}
        />
        <p className="quiet small">{mayWrite ? t('rules.page.hint') : t('rules.page.readOnly')}</p>
        {mayWrite ? (
          <>
            <Input
              aria-label={t('rules.page.reason')}
              placeholder={t('rules.page.reason')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <p className="row">
              <button type="button" className="press" disabled={save.isPending} onClick={() => save.mutate(false)}>
                {t('rules.page.save')}
              </button>
              <button
                type="button"
                className="press press-plain"
                disabled={begin.isPending || trial.data?.running === true}
                onClick={() => begin.mutate()}
              >
                {trial.data?.running ? t('rules.page.trying') : t('rules.page.try')}
              </button>
              {refused ? (
                <button type="button" className="press press-plain" onClick={() => save.mutate(true)}>
                  {t('rules.page.evenSo')}
                </button>
              ) : null}
            </p>
          </>
        ) : null}
        {[save.error, begin.error].map((error) => (error ? <Refusals key={error.message} error={error} /> : null))}
        {save.isSuccess ? (
          <p className="notice" role="status">
            {t('rules.page.saved')}
          </p>
        ) : null}
      </div>
      <div>
        {mayWrite ? (
          <section className="stack">
            <h2>{t('rules.trial.title')}</h2>
            {trial.data ? <Trial trial={trial.data} /> : <p className="quiet">{t('rules.trial.idle')}</p>}
          </section>
        ) : null}
        <Versions versions={versions} load={mayWrite ? setText : null} />
      </div>
    </>
  );
}

function Versions({
  versions,
  load,
}: {
  readonly versions: Page['versions'];
  readonly load: ((text: string) => void) | null;
}) {
  const { t, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  if (versions.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('rules.page.versions')}</h2>
      <ul className="rule-versions">
        {versions.map((version) => (
          <li key={version.version}>
            {t('rules.v', { version: version.version })} ·{' '}
            {version.origin === 'shipped'
              ? t('rules.page.shipped')
              : t('rules.page.savedBy', {
                  ...{ by: version.savedBy, at: instantInTable(version.savedAt, organisation.timeZone, language) },
                })}
            {version.origin === 'own' && version.reason !== '' ? ` · ${version.reason}` : ''}{' '}
            {load ? (
              <button type="button" className="text-button small" onClick={() => load(version.written)}>
                {t('rules.page.useVersion')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
