import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { againWords } from '../erasure/eraseCommand.ts';
import { listFile } from '../erasure/erasureList.ts';
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
  usage: 'FOLDER [--erased FILE | --without-list] [--check]',
  details: {
    zh: [
      'FOLDER   heng backup 写好的文件夹',
      '--erased 清除名单：备份之后清除过的人，装入后、打开前再清除一遍。备份在数据目录的 backups/ 里时自动取那里的 erased.json',
      '--without-list 不用清除名单，旁边有也不用',
      '--check  只核对备份是否完整，不写任何数据',
      '设了 DATABASE_URL、CLICKHOUSE_URL 时装进那些服务器；嵌入式和服务器的备份可以互相恢复。做到一半断了，再运行一次即可。',
    ],
    en: [
      'FOLDER   what heng backup has written',
      '--erased FILE  the list of erasures: whoever was erased since the backup is erased again before it can be opened. Taken by itself from the data directory in whose backups/ the backup lies',
      '--without-list  takes no list, also where one lies beside',
      '--check  only looks whether the backup is whole, and writes nothing',
      'With DATABASE_URL and CLICKHOUSE_URL it goes into those servers; a backup of embedded engines fits servers, and back. If it is cut off, run it again.',
    ],
  },
  positionals: 1,
  options: { check: { type: 'boolean' }, erased: { type: 'string' }, 'without-list': { type: 'boolean' } },
  async run({ args, values, env, dataDir, now, out, progress }) {
    const [given] = args;
    const declined = values['without-list'] === true;
    if (given === undefined || (declined && values.erased !== undefined)) throw new BadInput('restore.usage');
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
    const named = typeof values.erased === 'string' ? resolve(values.erased) : null;
    const erased = declined ? null : (named ?? listBeside(folder));
    const restored = await restoreBackup({ dataDir, env, now, erased, onProgress: tell }, ownerOfTheMachine, folder);
    const again =
      erased === null || restored.erasedAgain === null
        ? withoutList(zh, dataDir)
        : againWords(zh, restored.erasedAgain) + listWords(zh, erased);
    out(
      { dataDir, ...restored },
      zh
        ? `已恢复到 ${dataDir}：${restored.tables} 张表、${restored.rows} 行逐表核对一致，账本 ${restored.ledgerSize} 条核对无误。\n${again}\n打开它：heng start --data ${dataDir}`
        : `Restored into ${dataDir}: tables ${restored.tables}, rows ${restored.rows}, each table compared; ledger entries ${restored.ledgerSize}, all of it holds.\n${again}\nOpen it: heng start --data ${dataDir}`,
    );
    return 0;
  },
};

/** A backup in `backups/` of a data directory lies beside that directory's list. */
function listBeside(folder: string): string | null {
  const list = listFile(resolve(folder, '../..'));
  return existsSync(list) ? list : null;
}

/** A list that was copied keeps its date where the copy does; which list it was is told either way. */
const listWords = (zh: boolean, file: string): string => {
  const writtenAt = statSync(file).mtime.toISOString();
  return zh
    ? `名单：${file}，写于 ${writtenAt}；此后清除的人不在其中。`
    : ` The list: ${file}, written at ${writtenAt}; whoever was erased later is not on it.`;
};

const withoutList = (zh: boolean, dataDir: string): string =>
  zh
    ? `没有用清除名单，备份里的人都还在。备份之后清除过谁的，先运行 heng erase --again 原目录/erased.json --data ${dataDir}，再让人使用。`
    : `No list of erasures was used: everybody in the backup is still there. If anybody was erased since, run heng erase --again OLD/erased.json --data ${dataDir} before people use it.`;

const steps: Readonly<Record<RestoreStep, Bilingual>> = {
  verifying: { zh: '核对备份的文件', en: 'verifying the files' },
  facts: { zh: '装入并核对事实', en: 'loading and comparing facts' },
  people: { zh: '装入并核对人员、方案和考核', en: 'loading and comparing people, plans, appraisals' },
  ledger: { zh: '核对账本', en: 'verifying the ledger' },
  erasing: { zh: '按清除名单再次清除', en: 'erasing again by the list' },
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
