import '../rules/rules.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { RulePage as Page } from '../../quality/rules/schemas.ts';
import { Answer } from '../parts/Answer.tsx';
import { GrowingText } from '../parts/GrowingText.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ruleQuery, ruleSchemaQuery, rulesQuery } from '../queries.ts';
import { RuleEditor } from '../rules/RuleEditor.tsx';
import { useRuleWords } from '../rules/RuleTable.tsx';
import { ruleTemplate } from '../rules/rulesView.ts';
import { Versions } from '../rules/Versions.tsx';
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
        <Editor page={null} />
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
            {page.mayWrite ? <Editor page={page} /> : <ReadOnly page={page} />}
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

/** A new rule, or one that may be changed: its format and the word lists are there first. */
function Editor({ page }: { readonly page: Page | null }) {
  const schema = useQuery(ruleSchemaQuery);
  const list = useQuery(rulesQuery);
  return (
    <Answer query={schema}>
      {(root) => (
        <Answer query={list}>
          {({ lists }) => (
            <RuleEditor
              key={page?.versions[0]?.version}
              written={page?.rule.written ?? ruleTemplate('my_rule')}
              id={page?.rule.id ?? null}
              versions={page?.versions ?? []}
              {...{ schema: root, lists }}
            />
          )}
        </Answer>
      )}
    </Answer>
  );
}

function ReadOnly({ page }: { readonly page: Page }) {
  const { t } = useReader();
  return (
    <div className="rule-page">
      <div className="rule-text">
        <GrowingText aria-label={t('rules.page.text')} value={page.rule.written} minRows={6} maxRows={36} readOnly />
        <p className="quiet small">{t('rules.page.readOnly')}</p>
      </div>
      <div>
        <Versions versions={page.versions} load={null} />
      </div>
    </div>
  );
}
