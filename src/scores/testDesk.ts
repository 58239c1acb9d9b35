import { RawRows } from '../facts/testing.ts';
import type { TestStores } from '../platform/testing.ts';

const instant = (day: string, hour: number): string => `${day}T${String(hour).padStart(2, '0')}:00:00+08:00`;
const october = (day: number): string => `2026-10-${String(day).padStart(2, '0')}`;
const september = (day: number): string => `2026-09-${String(day).padStart(2, '0')}`;
const count = <Row>(n: number, row: (i: number) => Row): Row[] => Array.from({ length: n }, (_, i) => row(i));

/**
 * Worked example 4 as raw rows, for an agent `zhao` of team 一组: 180 normal tickets of 22 h and 20 urgent ones of 5 h closed in
 * October, 82 of the 100 whose week ended then solved at first contact, 12 repeated complaints, 187 of 200 content, 47 of 50
 * repairs for good. `qian` of the same team and `sun` of 二组 have little data; `li` left in August.
 */
export async function putExampleDesk(stores: TestStores): Promise<RawRows> {
  const raw = new RawRows(stores);
  await raw.put('agents', [
    { agent_id: 'zhao', name: '赵一', team: '一组', shop: '旗舰店', tier: 'mid' },
    { agent_id: 'qian', name: '=钱二', team: '一组', shop: '旗舰店', tier: 'junior' },
    { agent_id: 'sun', name: '孙三', team: '二组', shop: '专营店', tier: '' },
    { agent_id: 'li', name: '李四', team: '二组', shop: '专营店', tier: '', left_on: '2026-08-31' },
  ]);
  const base = { agent_id: 'zhao', kind: 'consult', priority: 'normal', contacts: 1 };
  const ofExample = [
    // Closed by the 23rd: their week ends in October.
    ...count(100, (i) => ({ created_at: instant(october(1 + (i % 20)), 10), contacts: i < 82 ? 1 : 2 })),
    ...count(100, (i) => ({ created_at: instant(october(25 + (i % 5)), 10), contacts: 1 })),
  ].map((ticket, i) => {
    const urgent = i >= 100 && i < 120;
    // A repeated complaint of a customer who complained in September; such a ticket takes one contact like others.
    const repeated = i >= 130 && i < 142;
    const day = ticket.created_at.slice(0, 10);
    const closed = urgent ? instant(day, 15) : instant(nextDay(day), 8);
    return {
      ...base,
      ...ticket,
      ticket_id: `t${i}`,
      customer_id: repeated ? `angry${i - 130}` : `c${i}`,
      kind: repeated ? 'complaint' : 'consult',
      priority: urgent ? 'urgent' : 'normal',
      closed_at: closed,
      first_closed_at: closed,
    };
  });
  const earlierComplaints = count(12, (i) => ({
    ...base,
    ticket_id: `earlier${i}`,
    customer_id: `angry${i}`,
    kind: 'complaint',
    created_at: instant('2026-09-30', 9),
  }));
  const repair = (i: number) => ({
    ...base,
    customer_id: `r${i}`,
    kind: 'repair',
    serial: `SN${i}`,
    technician_id: 'zhao',
  });
  const repairs = count(50, (i) => ({
    ...repair(i),
    ticket_id: `repair${i}`,
    created_at: instant(september(2 + (i % 8)), 9),
    closed_at: instant(september(2 + (i % 8)), 15),
    first_closed_at: instant(september(2 + (i % 8)), 15),
  }));
  const returns = count(3, (i) => ({
    ...repair(i),
    ticket_id: `return${i}`,
    created_at: instant(september(20), 9),
    dispatched: true,
  }));
  await raw.put('tickets', [...ofExample, ...earlierComplaints, ...repairs, ...returns]);
  await raw.put('ratings', [
    ...count(200, (i) => ({
      ticket_id: `t${i}`,
      at: instant('2026-10-31', 12),
      score: i < 187 ? 5 : 3,
      valid: true,
      rating_id: `g${i}`,
    })),
  ]);
  const assessed = (item: string, value: number, agent = 'zhao', period = '2026-10') => ({
    agent_id: agent,
    period,
    item,
    value,
    by: '主管',
  });
  await raw.put('assessments', [
    assessed('professionalism', 88),
    assessed('professionalism', 40, 'zhao', '2026-11'),
    assessed('completeness', 95, 'zhao', '2026-Q3'),
    assessed('completeness', 10, 'zhao', '2026-Q1'),
    assessed('collaboration', 90),
    assessed('kb_adopted', 1),
    assessed('professionalism', 70, 'qian'),
  ]);
  await raw.derive();
  return raw;
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
