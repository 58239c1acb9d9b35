import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RuleSummary } from '../../quality/rules/schemas.ts';
import { absent, separated } from '../format.ts';
import { Table, type TableColumn } from '../table/Table.tsx';
import { useReader } from '../text/language.ts';
import { percentText, precisionParts } from './rulesView.ts';

/** Every rule: what it hit lately, how precise people found it, and whether it may deduct. */
export function RuleTable({ rules, tools }: { readonly rules: readonly RuleSummary[]; readonly tools?: ReactNode }) {
  const { t, say } = useReader();
  const navigate = useNavigate();
  const words = useRuleWords();
  const columns: TableColumn<RuleSummary>[] = [
    {
      ...{ id: 'name', title: t('rules.name'), width: 200, shown: 'always' },
      sort: (rule) => say(rule.name),
      cell: (rule) => (
        <span>
          {say(rule.name)} {rule.on ? null : <span className="quiet">（{t('rules.off')}）</span>}
        </span>
      ),
    },
    {
      ...{ id: 'category', title: t('rules.category'), width: 100 },
      sort: (rule) => rule.category,
      cell: (rule) => t(`rules.categories.${rule.category}`),
    },
    {
      ...{ id: 'becomes', title: t('rules.becomes'), width: 150 },
      sort: (rule) => rule.incident ?? '',
      cell: (rule) => <span className={rule.standing === 'redLine' ? 'red' : ''}>{words.becomes(rule)}</span>,
    },
    {
      ...{ id: 'hits', title: t('rules.hits'), width: 130, end: true },
      sort: (rule) => rule.hits,
      cell: (rule) => (
        <span title={t('rules.perRule', { hits: rule.hits, sessions: rule.sessions })}>
          {separated(String(rule.hits))}
        </span>
      ),
    },
    {
      ...{ id: 'share', title: t('rules.share'), width: 150, end: true },
      sort: (rule) => rule.sharePercent,
      cell: (rule) => (
        <>
          {rule.hitsTooMuch ? (
            <span className="rule-flag" title={t('rules.tooMuchText')}>
              {t('rules.tooMuch')}{' '}
            </span>
          ) : null}
          {rule.sharePercent === null ? absent : `${percentText(rule.sharePercent)}%`}
        </>
      ),
    },
    {
      ...{ id: 'precision', title: t('rules.precision'), width: 250, end: true },
      sort: (rule) => rule.precision.percent,
      cell: (rule) => words.precision(rule),
    },
    {
      ...{ id: 'standing', title: t('rules.standing'), width: 140 },
      sort: (rule) => rule.standing,
      cell: (rule) => t(`rules.standings.${rule.standing}`),
    },
    {
      ...{ id: 'version', title: t('rules.version'), width: 80, end: true, shown: 'later' },
      sort: (rule) => rule.version,
      cell: (rule) => rule.version,
    },
  ];
  const open = (rule: RuleSummary) => navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } });
  return (
    <Table
      name="rules"
      caption={t('rules.caption')}
      rows={rules}
      columns={columns}
      rowKey={(rule) => rule.id}
      open={open}
      sorting={{ column: 'hits', down: true }}
      tools={tools}
      narrow={(rule) => (
        <button type="button" className="rule-entry" onClick={() => open(rule)}>
          <b>{say(rule.name)}</b>
          <span className="figure">{t('rules.hitCount', { hits: separated(String(rule.hits)) })}</span>
          <span className="quiet small">
            {[
              words.becomes(rule),
              rule.incident === null ? null : t(`rules.standings.${rule.standing}`),
              rule.hitsTooMuch ? t('rules.tooMuch') : null,
            ]
              .filter((word) => word !== null)
              .join(' · ')}
          </span>
        </button>
      )}
    />
  );
}

/** Words that a rule is told in, here and on its page. */
export function useRuleWords() {
  const { t } = useReader();
  return {
    becomes: ({ incident, alert }: Pick<RuleSummary, 'incident' | 'alert'>): string =>
      [
        incident === null ? (alert ? null : t('rules.marksOnly')) : t(`rules.incident.${incident}`),
        alert ? t('rules.alerts') : null,
      ]
        .filter((word) => word !== null)
        .join(t('mark.comma')),
    precision: (rule: Pick<RuleSummary, 'precision'>): string => {
      const parts = precisionParts(rule);
      return parts === null ? t('rules.unlabelled') : t('rules.interval', parts);
    },
  };
}
