import '../rules/rules.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import type { RuleList } from '../../quality/rules/schemas.ts';
import { Answer, Empty } from '../parts/Answer.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { rulesQuery } from '../queries.ts';
import { Hits } from '../rules/Hits.tsx';
import { Progress } from '../rules/Progress.tsx';
import { RuleTable } from '../rules/RuleTable.tsx';
import { useReader } from '../text/language.ts';

const route = getRouteApi('/app/rules');
const views = ['rules', 'hits', 'decided', 'lists'] as const;
type View = (typeof views)[number];

/** The rules, what they hit and people have to decide, and the word lists. */
export function RulesPage() {
  const { t } = useReader();
  const query = useQuery(rulesQuery);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = views.find((each) => each === search.view) ?? 'rules';
  const change = (next: { view?: string | undefined; rule?: string | undefined }) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      <PageHead
        title={t('rules.title')}
        pickers={
          <Segmented<View>
            aria-label={t('rules.view')}
            value={view}
            onChange={(next) => change({ view: next === 'rules' ? undefined : next })}
            options={views.map((value) => ({ value, label: t(`rules.tab.${value}`) }))}
          />
        }
      >
        {query.data?.mayWrite && view === 'rules' ? (
          <Link to="/rules/$ruleId" params={{ ruleId: 'new' }} className="press">
            {t('rules.newRule')}
          </Link>
        ) : null}
        {query.data?.mayWrite && view === 'lists' ? (
          <Link to="/word-lists/$listId" params={{ listId: 'new' }} className="press">
            {t('rules.newList')}
          </Link>
        ) : null}
      </PageHead>
      <p className="reading rules-care">{t('rules.care')}</p>
      <Answer query={query} empty={({ rules }) => (rules.length === 0 ? <Empty title={t('rules.empty')} /> : null)}>
        {(list) => (
          <>
            <Progress progress={list.progress} />
            {view === 'rules' ? <RuleTable rules={list.rules} /> : null}
            {view === 'lists' ? <WordLists list={list} /> : null}
            {view === 'hits' || view === 'decided' ? (
              <>
                <RulePick list={list} rule={search.rule} change={(rule) => change({ rule })} />
                <Hits
                  key={`${view} ${search.rule}`}
                  rule={search.rule}
                  decided={view === 'decided'}
                  mayDecide={list.mayDecide}
                />
              </>
            ) : null}
          </>
        )}
      </Answer>
    </>
  );
}

function RulePick({
  list,
  rule,
  change,
}: {
  readonly list: RuleList;
  readonly rule: string | undefined;
  readonly change: (rule: string | undefined) => void;
}) {
  const { t, say } = useReader();
  return (
    <p className="hits-pick">
      <Select
        aria-label={t('rules.title')}
        value={rule ?? ''}
        onChange={(id) => change(id === '' ? undefined : id)}
        popupMatchSelectWidth={false}
        style={{ minWidth: 200 }}
        options={[
          { value: '', label: t('rules.hit.weighty') },
          { value: '!', label: t('rules.hit.alerting') },
          { value: '*', label: t('rules.page.back') },
          ...list.rules.map(({ id, name, hits }) => ({ value: id, label: `${say(name)} (${hits})` })),
        ]}
      />
    </p>
  );
}

function WordLists({ list }: { readonly list: RuleList }) {
  const { t, say } = useReader();
  const nameOf = new Map(list.rules.map(({ id, name }) => [id, say(name)]));
  return (
    <ul className="word-lists">
      {list.lists.map((words) => (
        <li key={words.id}>
          <Link to="/word-lists/$listId" params={{ listId: words.id }}>
            {say(words.name)}
          </Link>{' '}
          <span className="quiet">
            {t('rules.list.count', { words: words.words, homophones: words.homophones })} ·{' '}
            {words.usedBy.length === 0
              ? t('rules.list.unused')
              : t('rules.list.usedBy', { rules: words.usedBy.map((id) => nameOf.get(id) ?? id).join(t('mark.comma')) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
