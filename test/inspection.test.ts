import { afterAll, beforeAll } from 'vitest';
import { assistant } from './inspection/assistant.ts';
import { calibration } from './inspection/calibration.ts';
import { bestCases } from './inspection/cases.ts';
import { heng, openDesk } from './inspection/desk.ts';
import { judging } from './inspection/judging.ts';
import { rulesBesidePeople } from './inspection/rulesBesidePeople.ts';

// One server and one company for all of them, in this order: each finds what those before it have judged.
beforeAll(openDesk);
afterAll(() => heng?.close());

judging();
calibration();
assistant();
rulesBesidePeople();
bestCases();
