import { assessed, assessmentsWithDays } from './relationParts.sql.ts';

// What an inspection adds to professionalism repeats its qa:SESSION, whose raters are people.
const isScore = `((item IN ('professionalism', 'qa') AND attributes['inspection'] = '') OR startsWith(item, 'qa:'))`;

/** Exams (`exam`, `exam:PAPER`): of each person, period and paper the best attempt; an attempt whose column `valid` denies it is none. */
export const bestAttempts = {
  ...assessed,
  from: `(
    SELECT * FROM ${assessmentsWithDays}
    WHERE (item = 'exam' OR startsWith(item, 'exam:')) AND lower(attributes['valid']) NOT IN ('false', '0', 'no', '否')
    QUALIFY row_number() OVER (PARTITION BY agent_id, period, item ORDER BY value DESC, by) = 1
  ) AS best`,
} as const;

/** Raters of one perspective (managers, colleagues …): fewer could be told by what they gave. */
const fewestRaters = 3;

/**
 * 360 (`peer_360`, `peer_360:GROUP`): what others gave, oneself left out, and every perspective with fewer than three raters; of what
 * is left, from five ratings on, without the highest and the lowest.
 */
export const peers = {
  ...assessed,
  from: `(
    SELECT *, count() OVER (PARTITION BY agent_id, period) AS given,
      row_number() OVER (PARTITION BY agent_id, period ORDER BY value, by, item) AS place
    FROM (
      SELECT * FROM ${assessmentsWithDays}
      WHERE (item = 'peer_360' OR startsWith(item, 'peer_360:')) AND by != agent_id
      QUALIFY uniqExact(by) OVER (PARTITION BY agent_id, period, item) >= ${fewestRaters}
    )
  ) AS rated`,
  where: 'given < 5 OR (place > 1 AND place < given)',
} as const;

/**
 * Quality scores by who gave them. A record is a person, a period and an item; `calibrated:ITEM` holds the score that was agreed on.
 * A rater who is no agent is credited to nobody.
 */
export const raters = {
  ...assessed,
  columns: {
    ...assessed.columns,
    rater: `if(by GLOBAL IN (SELECT agent_id FROM agent_history), by, '')`,
    given: 'given',
    spread: 'spread',
    is_calibrated: 'agreed.calibrated = 1',
    off: 'abs(value - agreed_value)',
  },
  from: `(
    SELECT *, count() OVER record AS given, max(value) OVER record - min(value) OVER record AS spread
    FROM ${assessmentsWithDays}
    WHERE ${isScore}
    WINDOW record AS (PARTITION BY agent_id, period, item)
  ) AS scored
  LEFT JOIN (
    SELECT agent_id AS of_agent, period AS of_period, substring(item, 12) AS of_item, any(value) AS agreed_value, 1 AS calibrated
    FROM ${assessmentsWithDays}
    WHERE startsWith(item, 'calibrated:')
    GROUP BY of_agent, of_period, of_item
  ) AS agreed ON scored.agent_id = agreed.of_agent AND scored.period = agreed.of_period AND scored.item = agreed.of_item`,
} as const;
