import { command as demo } from './demo/command.ts';
import { tellingOfDemo } from './demoCompany.ts';
import { importCommand } from './ingest/command.ts';
import { command as signals } from './insights/command.ts';
import { command as ledger } from './ledger/command.ts';
import { command as metrics } from './metrics/command.ts';
import { onCurrentFacts } from './onCurrentFacts.ts';
import { deriveAfterCommit } from './pipeline.ts';
import type { Command } from './platform/command.ts';
import { command as doctor } from './platform/doctorCommand.ts';
import { command as score } from './scores/command.ts';
import { command as plan } from './scores/planCommand.ts';
import { command as start } from './start.ts';

/** Everything `heng` can do, in the order in which its help lists it. */
export const commands: readonly Command[] = [
  start,
  tellingOfDemo(importCommand(deriveAfterCommit)),
  ...[metrics, score, plan, signals].map(onCurrentFacts),
  ledger,
  demo,
  doctor,
];
