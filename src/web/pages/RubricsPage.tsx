import '../quality/quality.css';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import type { RubricCheck, RubricPage } from '../../quality/rubrics/schemas.ts';
import { ApiError, errorSentence, send } from '../api.ts';
import { CiteCase } from '../cases/CiteCase.tsx';
import { instantInTable } from '../format.ts';
import { Answer } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Anchors } from '../quality/RubricForm.tsx';
import { organisationQuery, rubricQuery, rubricsQuery } from '../queries.ts';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/quality/rubrics');

/** By what conversations are judged: open to everybody, changed by publishing the next version. */
export function RubricsPage() {
  const { t, say } = useReader();
  const { rubric, case: cited } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(rubricsQuery);
  const shown = rubric ?? query.data?.rubrics[0]?.rubric.id;
  return (
    <>
      <p className="page-back">
        <Link to="/quality">← {t('quality.back')}</Link>
      </p>
      <PageHead
        title={t('quality.rubricPage.title')}
        pickers={
          <Select
            aria-label={t('quality.rubricPage.title')}
            value={shown ?? null}
            onChange={(id) => navigate({ search: (before) => ({ ...before, rubric: id }), replace: true })}
            options={query.data?.rubrics.map(({ rubric: each }) => ({ value: each.id, label: say(each.name) })) ?? []}
            popupMatchSelectWidth={false}
            style={{ minWidth: 180 }}
          />
        }
      />
      <p className="reading quality-lead">{t('quality.rubricPage.lead')}</p>
      {shown ? <Shown key={`${shown} ${cited}`} id={shown} cited={cited} /> : null}
    </>
  );
}

function Shown({ id, cited }: { readonly id: string; readonly cited: string | undefined }) {
  const { t, say, language } = useReader();
  const { data: organisation } = useSuspenseQuery(organisationQuery);
  const query = useQuery(rubricQuery(id));
  const [editing, setEditing] = useState(cited !== undefined);
  return (
    <Answer query={query}>
      {(page) => (
        <>
          <div className="row spread">
            <p className="quiet">
              {t('quality.rubricPage.version', {
                version: page.version,
                by: page.publishedBy,
                at: instantInTable(page.publishedAt, organisation.timeZone, language),
              })}{' '}
              · {t(`quality.rubricPage.${page.rubric.scope}`)}
            </p>
            {page.mayWrite && !editing ? (
              <button type="button" className="press press-plain" onClick={() => setEditing(true)}>
                {t('quality.rubricPage.edit')}
              </button>
            ) : null}
          </div>
          {page.rubric.about ? <p className="reading">{say(page.rubric.about)}</p> : null}
          {editing && page.mayWrite ? (
            <Edit key={page.version} page={page} cited={cited} close={() => setEditing(false)} />
          ) : null}
          <Items page={page} />
        </>
      )}
    </Answer>
  );
}

function Items({ page: { rubric } }: { readonly page: RubricPage }) {
  const { t, say } = useReader();
  const isCritical = rubric.categories.some(({ items }) => items.some(({ critical }) => critical));
  return (
    <>
      {rubric.categories.map(({ id, name, weight, items }) => (
        <section key={id} className="section">
          <h2>
            {say(name)} <span className="quiet figure">{t('quality.rubricPage.weight', { weight })}</span>
          </h2>
          {items.map((item) => (
            <div key={item.id} className="rubric-item">
              <p className="row spread">
                <span>
                  <b>{say(item.name)}</b>
                  {item.critical ? <span className="form-critical">{t('quality.critical')}</span> : null}{' '}
                  <span className="quiet">{item.about ? say(item.about) : ''}</span>
                </span>
                <span className="figure quiet">
                  {item.levels.map((level) => `${say(level.name)} ${level.points}`).join(' · ')}
                </span>
              </p>
              <Anchors item={item} />
            </div>
          ))}
        </section>
      ))}
      {isCritical ? <p>{t('quality.rubricPage.failsAt', { points: rubric.failsAt ?? '0' })}</p> : null}
    </>
  );
}

function Edit(props: {
  readonly page: RubricPage;
  /** The best case one came from, to take an example of. */
  readonly cited: string | undefined;
  readonly close: () => void;
}) {
  const { page, cited, close } = props;
  const { t, say, language } = useReader();
  const client = useQueryClient();
  const [text, setText] = useState(page.written);
  const check = useMutation({ mutationFn: () => send<RubricCheck>('POST', '/api/rubrics/check', { text }) });
  const publish = useMutation({
    mutationFn: () => send<{ version: number; same: boolean }>('POST', '/api/rubrics', { text }),
    onSuccess: () => client.invalidateQueries(),
  });
  const write = (next: string) => {
    setText(next);
    check.reset();
    publish.reset();
  };
  const refused = publish.error instanceof ApiError ? publish.error.issues : [];
  const issues: readonly { path: string; code: string; message?: { zh: string; en: string } }[] =
    refused.length > 0 ? refused : (check.data?.issues ?? []);
  return (
    <form
      className="stack section"
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate();
      }}
    >
      {cited ? <CiteCase caseId={cited} rubric={page.rubric} text={text} write={write} /> : null}
      <label className="form-all">
        <span>{t('quality.rubricPage.text')}</span>
        <textarea
          className="rubric-text"
          spellCheck={false}
          value={text}
          onChange={(event) => write(event.target.value)}
        />
      </label>
      {publish.error ? (
        <p className="notice notice-fault" role="alert">
          {errorSentence(publish.error, language) ?? t('state.broken')}
        </p>
      ) : null}
      {issues.length > 0 ? (
        <ul className="notice">
          {issues.map(({ path, code, message }) => (
            <li key={`${path} ${code}`}>
              {path === '' ? null : <code>{path}</code>} {message ? say(message) : code}
            </li>
          ))}
        </ul>
      ) : null}
      {check.data && check.data.issues.length === 0 ? <p role="status">{t('quality.rubricPage.fine')}</p> : null}
      {publish.data ? (
        <p role="status">
          {publish.data.same
            ? t('quality.rubricPage.same')
            : t('quality.rubricPage.published', { version: publish.data.version })}
        </p>
      ) : null}
      <p className="row">
        <button type="button" className="press press-plain" disabled={check.isPending} onClick={() => check.mutate()}>
          {t('quality.rubricPage.check')}
        </button>
        <button type="submit" className="press" disabled={publish.isPending}>
          {t('quality.rubricPage.publish')}
        </button>
        <button type="button" className="press press-plain" onClick={close}>
          {t('quality.rubricPage.close')}
        </button>
      </p>
    </form>
  );
}
