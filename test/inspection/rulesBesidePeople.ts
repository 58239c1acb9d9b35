import { describe, expect, it } from 'vitest';
import type { Confusion } from '../../src/quality/agreement/confusionSchemas.ts';
import { publishShipped } from '../../src/quality/rules/verbs/publishShipped.ts';
import { ask, boss, heng } from './desk.ts';

/** What the automatic pass would have written. */
async function inspectedByRules(): Promise<void> {
  const { all } = heng.stores.clickhouse;
  const rows = [
    ...["('talk36', '2026-10-12 02:36:00', 2000, 8000, 1)", "('talk3', '2026-10-12 02:03:00', NULL, NULL, 1)"],
    "('talk6', '2026-10-12 02:06:00', NULL, NULL, 1)",
  ].join(', ');
  await all.command(
    `INSERT INTO inspected_sessions (session_id, started_at, feeling_start, feeling_end, version) VALUES ${rows}`,
  );
  await all.command(
    `INSERT INTO rule_hits (session_id, rule, rule_version, message_key, live, version) VALUES ('talk6', 'off_platform', 1, 7, 1, 1)`,
  );
}

/** Whether rules and people find the same. */
export function rulesBesidePeople(): void {
  describe('rules beside people', () => {
    it('counts conversations that both looked at: what a person overturned in review is a false alarm of the rule', async () => {
      await publishShipped(heng.deps);
      await inspectedByRules();
      const { talks, rows } = await ask<Confusion>(boss, 'GET', '/api/rule-agreement');
      expect(talks).toBe(2);
      expect(rows.find(({ rule }) => rule?.id === 'off_platform')).toMatchObject({
        ...{ rule: { id: 'off_platform' }, both: 0, ruleOnly: 1, personOnly: 0, neither: 1, recall: null },
        precision: { percent: 0 },
      });
    });
  });
}
