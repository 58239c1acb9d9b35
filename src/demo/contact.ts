import type { Shop } from './company.ts';
import type { Appliance } from './customers.ts';
import type { Scenario } from './scenarios.ts';

/** What a customer needs, however often they have to come back for it. */
export interface Case {
  readonly customerNumber: number;
  readonly shop: Shop;
  readonly scenario: Scenario;
  readonly appliance: Appliance;
  /** What the shop's system recorded as the issue; '' where nobody chose one. */
  readonly issue: string;
}

/** Why a customer and the company meet at an instant. */
export interface Contact {
  readonly atMs: number;
  readonly why:
    | 'fresh'
    | 'again'
    | 'chase'
    | 'hotline'
    | 'repeatComplaint'
    | 'repeatRepair'
    | 'offline'
    | 'botOnly'
    | 'agentInitiated'
    | 'test';
  readonly about: Case;
  /** The agent whose shift the contact fell into; a contact that was scheduled earlier finds its agent on the day. */
  readonly agentIndex?: number;
}
