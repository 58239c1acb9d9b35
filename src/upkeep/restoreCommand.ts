import { resolve } from 'node:path';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command } from '../platform/command.ts';
import { BadInput } from '../platform/errors.ts';
import { type Bilingual, languageOf } from '../platform/language.ts';
import type { RestoreStep } from './load.ts';
import { type RestoreTarget, restoreBackup } from './verbs/restoreBackup.ts';
import { verifyBackup } from './verbs/verifyBackup.ts';

/** `heng restore`: a backup becomes an installation again, or is only checked. */
export const restore: Command = {
  name: 'restore',
  summary: {
    zh: '恢复：把备份装进一个空的数据目录（或空的服务器），逐表核对',
    en: 'bring a backup into an empty data directory (or empty servers) and compare every table',
  },
  usage: 'FOLDER [--check]',
  details: {
    zh: [
      'FOLDER   heng backup 写好的文件夹',
      '--check  只核对备份是否完整，不写任何数据',
      '设了 DATABASE_URL、CLICKHOUSE_URL 时装进那些服务器；嵌入式和服务器的备份可以互相恢复。做到一半断了，再运行一次即可。',
    ],
    en: [
      'FOLDER   what heng backup has written',
      '--check  only looks whether the backup is whole, and writes nothing',
      'With DATABASE_URL and CLICKHOUSE_URL it goes into those servers; a backup of embedded engines fits servers, and back. If it is cut off, run it again.',
    ],
  },
  options: { check: { type: 'boolean' } },
  async run({ args, values, env, dataDir, now, out, progress }) {
    const [given, ...rest] = args;
    if (given === undefined || rest.length > 0) throw new BadInput('restore.usage');
    const folder = resolve(given);
    const language = languageOf(env);
    const zh = language === 'zh';
    const tell = progressIn(language, progress);
    if (values.check === true) {
      const { manifest } = await verifyBackup(folder, (done, of) => tell('verifying', done, of));
      const { madeAt, heng, ledgerSize } = manifest;
      out(
        { ok: true, madeAt, heng, ledgerSize },
        zh
          ? `备份完整：${madeAt}，衡 ${heng}，账本 ${ledgerSize} 条。`
          : `The backup is whole: ${madeAt}, Heng ${heng}, ledger entries ${ledgerSize}.`,
      );
      return 0;
    }
    const restored = await restoreBackup({ dataDir, env, now, onProgress: tell }, ownerOfTheMachine, folder);
    out(
      { dataDir, ...restored },
      zh
        ? `已恢复到 ${dataDir}：${restored.tables} 张表、${restored.rows} 行逐表核对一致，账本 ${restored.ledgerSize} 条核对无误。\n打开它：heng start --data ${dataDir}`
        : `Restored into ${dataDir}: tables ${restored.tables}, rows ${restored.rows}, each table compared; ledger entries ${restored.ledgerSize}, all of it holds.\nOpen it: heng start --data ${dataDir}`,
    );
    return 0;
  },
};

const steps: Readonly<Record<RestoreStep, Bilingual>> = {
  verifying: { zh: '核对备份的文件', en: 'verifying the files' },
  facts: { zh: '装入并核对事实', en: 'loading and comparing facts' },
  people: { zh: '装入并核对人员、方案和考核', en: 'loading and comparing people, plans, appraisals' },
  ledger: { zh: '核对账本', en: 'verifying the ledger' },
  upgrading: { zh: '升级到本版', en: 'upgrading to this version' },
};

/** Each step once, and within it every tenth part. */
export function progressIn(language: 'zh' | 'en', progress: (text: string) => void): RestoreTarget['onProgress'] {
  let last = '';
  return (step, done, of) => {
    const text = `${steps[step][language]} ${of > 1 ? `${Math.floor((done / of) * 10) * 10}%` : ''}`.trimEnd();
    if (text !== last) progress(text);
    last = text;
  };
}
