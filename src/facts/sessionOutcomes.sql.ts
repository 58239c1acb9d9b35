/** Where the rows of the customers in scope are read from: the fact tables themselves, or scratch tables that hold just those. */
export interface CustomerFacts {
  readonly sessions: string;
  readonly tickets: string;
  /** Whether any of them has no issue, or was left to a bot: only then need more than equal issues be looked at. */
  readonly unknownIssues: boolean;
}

/** What rows are joined by. One number instead of two texts halves the time; that two of ten million collide in 64 bits is one chance in 400,000. */
export const keyOf = (...columns: readonly string[]): string =>
  `sipHash64(${columns.map((column) => `toString(${column})`).join(', ')})`;
const customerKey = keyOf('customer_id');
const issueKey = keyOf('customer_id', 'issue');

/** All contacts that count as one: sessions outside X and tickets that were not cancelled. */
export const contactsSql = ({ sessions, tickets }: Pick<CustomerFacts, 'sessions' | 'tickets'>): string => `
  SELECT ${customerKey} AS customer, ${issueKey} AS customer_issue, issue = '' AS no_issue, started_at AS created_at
  FROM ${sessions}
  WHERE customer_id != '' AND NOT (bot_only OR test OR no_customer_message OR outage)
  UNION ALL
  SELECT ${customerKey} AS customer, ${issueKey} AS customer_issue, issue = '' AS no_issue, created_at
  FROM ${tickets}
  WHERE customer_id != '' AND NOT cancelled`;

/** The columns of session_facts that windows need, of some sessions; a scratch table of them holds those of the customers in scope. */
export const sessionsOfCustomersSql = (where: string): string => `
SELECT session_id, customer_id, issue, shop, channel, queue, owner_agent_id, started_at, closed_at, replied, moved,
  bot_only, test, no_customer_message, outage, bot_session
FROM session_facts FINAL
WHERE ${where}`;

/** The earlier of two instants of which either may be missing; 1970 stands for missing, as unmatched joins give it. */
const earlier = (a: string, b: string) =>
  `multiIf(toUnixTimestamp64Milli(${a}) = 0, ${b}, toUnixTimestamp64Milli(${b}) = 0, ${a}, least(${a}, ${b}))`;

/**
 * SQL for the first contact after an instant on the same issue, any issue where one of the two is unknown; NULL when there is none.
 * Expects the joins of `nextContactJoins` around it.
 */
export const nextContactAt = ({ unknownIssues }: CustomerFacts): string => {
  const known = unknownIssues ? earlier('same_issue.created_at', 'no_issue.created_at') : 'same_issue.created_at';
  const found = unknownIssues ? `if(subject.issue = '', any_issue.created_at, ${known})` : known;
  return `nullIf(${found}, toDateTime64(0, 3, 'UTC'))`;
};

const sameIssue = `
ASOF LEFT JOIN (SELECT * FROM contacts WHERE NOT no_issue) AS same_issue
  ON subject.customer_issue = same_issue.customer_issue AND same_issue.created_at > subject.after`;
const unknownIssue = `
ASOF LEFT JOIN contacts AS any_issue ON subject.customer = any_issue.customer AND any_issue.created_at > subject.after
ASOF LEFT JOIN (SELECT * FROM contacts WHERE no_issue) AS no_issue
  ON subject.customer = no_issue.customer AND no_issue.created_at > subject.after`;

/** Joins as-of looks into `contacts` (a CTE) to a relation `subject` with customer, customer_issue, issue and `after`: one, or three where issues are unknown. */
export const nextContactJoins = ({ unknownIssues }: CustomerFacts): string =>
  unknownIssues ? `${sameIssue}${unknownIssue}` : sameIssue;

/**
 * One row per session of a known customer: whether the customer came back after the close, and when first.
 * Runs on one shard over its own facts: a customer's sessions and tickets live together. Parameter: version UInt64.
 */
export const sessionOutcomesSql = (facts: CustomerFacts): string => `
WITH contacts AS (${contactsSql(facts)})
SELECT
  session_id, subject.customer_id AS customer_id, shop, channel, queue, owner_agent_id, after AS closed_at, replied, moved, excluded,
  ${nextContactAt(facts)} AS next_contact_at, bot_session, bot_only, subject.issue AS issue,
  {version:UInt64} AS version,
  0 AS gone
FROM (
  -- Whoever left a bot may come back to people about anything.
  SELECT ${customerKey} AS customer, ${issueKey} AS customer_issue, session_id, customer_id, if(bot_only, '', toString(issue)) AS issue, shop, channel, queue, owner_agent_id, closed_at AS after, replied, moved,
    bot_session, bot_only, bot_only OR test OR no_customer_message OR outage AS excluded
  FROM ${facts.sessions}
  WHERE customer_id != ''
) AS subject
${nextContactJoins(facts)}`;

export const sessionOutcomeColumns =
  'session_id, customer_id, shop, channel, queue, owner_agent_id, closed_at, replied, moved, excluded, next_contact_at, bot_session, bot_only, issue, version, gone';
