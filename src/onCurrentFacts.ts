import { factsAreOutdated } from './facts/factsDefinition.ts';
import { deriveCommitted } from './pipeline.ts';
import type { Command } from './platform/command.ts';
import { type Bilingual, languageOf } from './platform/language.ts';

const outdated: Bilingual = {
  zh: '数据目录里的事实是按较早的定义推导的，先全部重新推导，这可能要几分钟…',
  en: 'The facts in this data directory follow an earlier definition; deriving all of them anew first, which may take minutes…',
};
const done: Bilingual = { zh: '事实已重新推导。', en: 'Facts are derived anew.' };

/** A command that reads facts: those of an earlier definition are derived anew before it sees any, and it says so. */
export function onCurrentFacts(command: Command): Command {
  return {
    ...command,
    run(context) {
      const language = languageOf(context.env);
      const stores = async () => {
        const opened = await context.stores();
        if (!(await factsAreOutdated(opened.clickhouse))) return opened;
        context.progress(outdated[language]);
        await deriveCommitted({ stores: opened, timeZone: context.timeZone });
        context.progress(done[language]);
        return opened;
      };
      return command.run({ ...context, stores });
    },
  };
}
