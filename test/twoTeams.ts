import { RawRows } from '../src/facts/testing.ts';
import { publishTemplates } from '../src/scores/publishTemplates.ts';
import type { TestApp } from './testApp.ts';

/**
 * A company of two teams in two shops, one agent each, in October 2026: zhao (team east, shop red) and qian (team west, shop
 * blue). Each has a session, a ticket, a rating, an order and a customer; what is qian's carries the word SECRET, so that a leak shows.
 */
export async function twoTeams({ stores, deps }: TestApp): Promise<void> {
  const raw = new RawRows(stores);
  const people = [
    { agent: 'zhao', name: '赵一', team: 'east', shop: 'red', mark: 'open' },
    { agent: 'qian', name: '钱 SECRET', team: 'west', shop: 'blue', mark: 'SECRET' },
  ];
  await raw.put(
    'agents',
    people.map(({ agent, name, team, shop }) => ({
      agent_id: agent,
      name,
      team,
      shop,
      tier: 'mid',
      valid_from: '2026-01-01',
    })),
  );
  const at = (time: string) => `2026-10-12T${time}+08:00`;
  await raw.put(
    'sessions',
    people.map(({ agent, shop, mark }) => ({
      ...{ session_id: `session of ${agent}`, customer_id: `customer ${mark}`, started_at: at('10:00:00'), shop },
      ...{ ended_at: at('10:20:00'), assigned_agent_id: agent, channel: 'web', queue: `queue ${mark}` },
      // Where a source has no kinds of issue, its subject line stands there.
      issue: `issue ${mark}，回电 13812345678`,
    })),
  );
  await raw.put(
    'messages',
    people.flatMap(({ agent, mark }) => [
      ...[{ session_id: `session of ${agent}`, at: at('10:00:00'), sender: 'customer', kind: 'text' }].map((each) => ({
        ...each,
        text: `${mark}：我的电话 13812345678`,
      })),
      ...[{ session_id: `session of ${agent}`, at: at('10:00:20'), sender: 'agent', kind: 'text' }].map((each) => ({
        ...each,
        sender_id: agent,
        text: `${mark}：已登记`,
      })),
    ]),
  );
  await raw.put(
    'tickets',
    people.map(({ agent, mark }) => ({
      ...{
        ticket_id: `ticket of ${agent}`,
        customer_id: `customer ${mark}`,
        agent_id: agent,
        created_at: at('10:05:00'),
      },
      ...{ closed_at: at('18:00:00'), kind: 'complaint', priority: 'normal', status: 'closed' },
      issue: `issue ${mark}，回电 13812345678`,
    })),
  );
  await raw.put(
    'ratings',
    people.map(({ agent }) => ({ session_id: `session of ${agent}`, score: 5, at: at('10:21:00'), valid: true })),
  );
  await raw.put(
    'orders',
    people.map(({ agent, mark }) => ({
      ...{ order_id: `order of ${agent}`, customer_id: `customer ${mark}`, created_at: at('11:00:00') },
      ...{ paid_at: at('11:05:00'), amount_fen: 299_900 },
    })),
  );
  await raw.derive();
  await publishTemplates(deps);
}
