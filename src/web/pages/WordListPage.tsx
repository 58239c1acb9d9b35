import '../rules/rules.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useState } from 'react';
import type { WordListPage as Page } from '../../quality/rules/schemas.ts';
import { send } from '../api.ts';
import { Field } from '../metrics/Field.tsx';
import { Answer } from '../parts/Answer.tsx';
import { GrowingText } from '../parts/GrowingText.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { wordListQuery } from '../queries.ts';
import { isRuleId } from '../rules/rulesView.ts';
import { SaveOrTry } from '../rules/SaveOrTry.tsx';
import { Trial } from '../rules/Trial.tsx';
import { useTrial } from '../rules/useTrial.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/word-lists/$listId');
const nothing = { id: '', name: { zh: '', en: '' }, severity: 'minor', text: '', usedBy: [], mayWrite: true } as const;

/** A word list as text, one word a line. */
export function WordListPage() {
  const { t, say } = useReader();
  const { listId } = route.useParams();
  const query = useQuery({ ...wordListQuery(listId), enabled: listId !== 'new' });
  const back = (
    <p className="page-back">
      <Link to="/rules" search={{ view: 'lists' }}>
        ← {t('rules.tab.lists')}
      </Link>
    </p>
  );
  if (listId === 'new') {
    return (
      <>
        {back}
        <PageHead title={t('rules.list.newTitle')} />
        <Editor list={nothing} />
      </>
    );
  }
  return (
    <>
      {back}
      <Answer query={query}>
        {(list) => (
          <>
            <PageHead title={t('rules.list.title', { name: say(list.name) })} />
            <Editor key={list.version} list={list} />
          </>
        )}
      </Answer>
    </>
  );
}

function Editor({ list }: { readonly list: Omit<Page, 'version' | 'versions'> | typeof nothing }) {
  const { t, say } = useReader();
  const [id, setId] = useState<string>(list.id);
  const [name, setName] = useState<{ zh: string; en: string }>(list.name);
  const [severity, setSeverity] = useState<Page['severity']>(list.severity);
  const [text, setText] = useState<string>(list.text);
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (evenSo: boolean) =>
      send<null>('PUT', `/api/word-lists/${id}`, { name, severity, text, reason, evenSo }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['rules'] }),
        client.invalidateQueries({ queryKey: ['wordList', id] }),
      ]);
      await navigate({ to: '/word-lists/$listId', params: { listId: id } });
    },
  });
  const trial = useTrial({ list: { id, text } });
  const isNew = list.id === '';
  return (
    <div className="rule-page">
      <div className="rule-text">
        <GrowingText
          aria-label={t('rules.list.words')}
          placeholder={t('rules.list.words')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          minRows={14}
          maxRows={32}
          spellCheck={false}
          readOnly={!list.mayWrite}
        />
        <p className="quiet small">
          {t('rules.list.words')}
          {t('mark.stop')}
          {t('rules.list.hint')}
        </p>
      </div>
      <div>
        <p className="quiet">
          {list.usedBy.length === 0
            ? t('rules.list.unused')
            : t('rules.list.usedBy', { rules: list.usedBy.map(say).join(t('mark.comma')) })}
        </p>
        {list.mayWrite ? (
          <>
            {isNew ? (
              <Input
                aria-label={t('rules.list.id')}
                placeholder={t('rules.list.id')}
                value={id}
                onChange={(event) => setId(event.target.value.trim())}
              />
            ) : null}
            {(['zh', 'en'] as const).map((language) => (
              <Field key={language} label={t(language === 'zh' ? 'rules.list.nameZh' : 'rules.list.nameEn')}>
                <Input
                  aria-label={t(language === 'zh' ? 'rules.list.nameZh' : 'rules.list.nameEn')}
                  maxLength={60}
                  value={name[language]}
                  onChange={(event) => setName({ ...name, [language]: event.target.value })}
                />
              </Field>
            ))}
            <Segmented<Page['severity']>
              aria-label={t('rules.severity')}
              value={severity}
              onChange={setSeverity}
              options={(['minor', 'major'] as const).map((value) => ({ value, label: t(`rules.severities.${value}`) }))}
            />
            <p className="quiet small">{t('rules.list.severityText')}</p>
            <Input
              aria-label={t('rules.page.reason')}
              placeholder={t('rules.page.reason')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <SaveOrTry save={save} trial={trial} isReady={isRuleId(id)} saved={t('rules.list.saved')} />
          </>
        ) : (
          <p className="quiet">{t('rules.page.readOnly')}</p>
        )}
        {list.mayWrite ? (
          <section className="stack">
            <h2>{t('rules.trial.title')}</h2>
            {trial.data ? <Trial trial={trial.data} /> : <p className="quiet">{t('rules.list.tryText')}</p>}
          </section>
        ) : null}
      </div>
    </div>
  );
}
