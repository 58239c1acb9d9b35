/** A company as small as can be graded, over many months, as rows of the open format. */
export const agents = ['zhao', 'qian', 'sun'] as const;

/** 2024-01 up to and with 2026-09: more than a run closes, and the last of them long over. */
export const months: readonly string[] = Array.from(
  { length: 33 },
  (_, n) => `${2024 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
);

type Row = Readonly<Record<string, string | number | boolean>>;

/** Of each agent and month: enough of everything that the plan of after-sales service weighs. */
const ofMonth = [
  ...Array.from({ length: 50 }, () => ({ kind: 'consult', priority: 'normal' })),
  ...Array.from({ length: 20 }, () => ({ kind: 'consult', priority: 'urgent' })),
  ...Array.from({ length: 6 }, () => ({ kind: 'complaint', priority: 'normal' })),
  ...Array.from({ length: 20 }, () => ({ kind: 'repair', priority: 'normal' })),
];

export function companyRows(): Readonly<Record<'agents' | 'tickets' | 'ratings', Row[]>> {
  const people = agents.map((agent) => ({
    ...{ agent_id: agent, name: `员工 ${agent}`, team: '一组', shop: '旗舰店', tier: 'mid', valid_from: '2022-01-01' },
  }));
  const tickets = months.flatMap((month) =>
    agents.flatMap((agent) =>
      ofMonth.map(({ kind, priority }, n) => {
        const day = `${month}-${String(1 + (n % 20)).padStart(2, '0')}`;
        const closed = `${day}T${priority === 'urgent' ? '15' : '18'}:00:00+08:00`;
        return {
          ...{ ticket_id: `${month} ${agent} ${n}`, customer_id: `customer ${agent} ${month} ${n}`, agent_id: agent },
          ...{ created_at: `${day}T10:00:00+08:00`, closed_at: closed, first_closed_at: closed },
          ...{ kind, priority, contacts: n % 9 === 0 ? 2 : 1 },
          ...(kind === 'repair' ? { serial: `SN ${agent} ${month} ${n}`, technician_id: agent } : {}),
        };
      }),
    ),
  );
  const ratings = tickets.map(({ ticket_id, closed_at }, n) => ({
    ...{ rating_id: `rating of ${ticket_id}`, ticket_id, at: closed_at, score: n % 17 === 0 ? 3 : 5, valid: true },
  }));
  return { agents: people, tickets, ratings };
}
