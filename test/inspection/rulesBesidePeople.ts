import { describe, expect, it } from 'vitest';
import type { Confusion } from '../../src/quality/agreement/confusionSchemas.ts';
import { publishShipped } from '../../src/quality/rules/verbs/publishShipped.ts';
import type { DrawnSample } from '../../src/quality/sampling/schemas.ts';
import { ask, boss, heng, li, plan } from './desk.ts';

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

    it('what a weighty rule found is drawn as a risk until somebody overturns it, and so is what the signals of any month of the period name', async () => {
      const { clickhouse, postgres } = heng.stores;
      const drawn = async (more: object) =>
        (await ask<DrawnSample>(li, 'POST', '/api/samples', { plan: plan({ by: [], ...more }), preview: true })).strata;
      const risk = { stratum: 'risk', population: 1, drawn: 1 };
      expect(await drawn({ risks: ['hit'] })).toContainEqual(risk);
      await clickhouse.all.command(
        `INSERT INTO hit_labels (session_id, rule, message_key, label, labelled_at, version) VALUES ('talk6', 'off_platform', 7, 'overturned', now64(3), 1)`,
      );
      expect(await drawn({ risks: ['hit'] })).not.toContainEqual(risk);
      await postgres.query(`INSERT INTO signal_runs VALUES ('2026-10', 1, '', '{}', '[]', now(), now(), 1, '')`);
      await postgres.query(
        `INSERT INTO signal_findings VALUES ('2026-10', 1, 'x', 'A', '{"evidence": [{"kind": "session", "id": "talk6"}]}')`,
      );
      for (const period of ['2026-10', '2026-09-20..2026-10-31', '2026-Q4'])
        expect([period, await drawn({ period, risks: ['gaming'] })]).toEqual([period, expect.arrayContaining([risk])]);
      expect(await drawn({ period: '2026-11', risks: ['gaming'] })).not.toContainEqual(risk);
      await postgres.query('DELETE FROM signal_findings');
      await postgres.query('DELETE FROM signal_runs');
    });
  });
}
