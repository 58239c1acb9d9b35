import { cycleCommand } from './appraisal/cycleCommand.ts';
import { benchCommand } from './benchCommand.ts';
import { cycleParts } from './cycleParts.ts';
import { command as demo } from './demo/command.ts';
import { tellingOfDemo } from './demoCompany.ts';
import { erase, retention } from './erasure/eraseCommand.ts';
import { importCommand } from './ingest/command.ts';
import { plainCell } from './ingest/formulaText.ts';
import { readTable } from './ingest/readTable.ts';
import { command as signals } from './insights/command.ts';
import { command as ledger } from './ledger/command.ts';
import { metricsCommand } from './metrics/command.ts';
import { onCurrentFacts } from './onCurrentFacts.ts';
import { peopleCommand } from './people/command.ts';
import { deriveAfterCommit } from './pipeline.ts';
import type { Command } from './platform/command.ts';
import { command as doctor } from './platform/doctorCommand.ts';
import { packageRoot } from './platform/root.ts';
import { command as score } from './scores/command.ts';
import { command as plan } from './scores/planCommand.ts';
import { plansUsing } from './scores/plansUsing.ts';
import { command as start } from './start.ts';
import { backup } from './upkeep/backupCommand.ts';
import { move } from './upkeep/moveCommand.ts';
import { restore } from './upkeep/restoreCommand.ts';

/** Everything `heng` can do, in the order in which its help lists it. */
export const commands: readonly Command[] = [
  start,
  tellingOfDemo(importCommand(deriveAfterCommit)),
  ...[metricsCommand(plansUsing), score, plan, cycleCommand(cycleParts), signals].map(onCurrentFacts),
  peopleCommand({ read: readTable, cell: plainCell }),
  ledger,
  backup,
  restore,
  move,
  erase,
  retention,
  demo,
  doctor,
  benchCommand(packageRoot),
];
