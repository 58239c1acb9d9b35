import { join, resolve } from 'node:path';
import { ownerOfTheMachine } from '../people/actor.ts';
import type { Command } from '../platform/command.ts';
import { languageOf } from '../platform/language.ts';
import { versionOf } from '../version.ts';
import type { Manifest } from './manifest.ts';
import { lacksLedgerKey, partsOf } from './manifest.ts';
import { makeBackup } from './verbs/makeBackup.ts';

/** `heng backup`: everything of an installation in one folder, while people work on. */
export const backup: Command = {
  name: 'backup',
  summary: {
    zh: '备份：两个库、账本和密钥在同一时刻的样子，不用停机',
    en: 'back up both stores, the ledger and the keys as they are at one moment, while people work on',
  },
  usage: '[--to FOLDER]',
  details: {
    zh: [
      '--to FOLDER  放备份的文件夹（默认数据目录下的 backups/）；每次在里面建一个以时间命名的新文件夹',
      '备份里有密钥和个人信息，请像数据目录一样保管。',
    ],
    en: [
      '--to FOLDER  where backups go (default: backups/ in the data directory); each gets a new folder in it, named after the moment',
      'A backup holds keys and personal data: guard it like the data directory.',
    ],
  },
  positionals: 0,
  options: { to: { type: 'string' } },
  async run({ values, env, dataDir, now, stores, out, progress }) {
    const zh = languageOf(env) === 'zh';
    const parent = typeof values.to === 'string' ? resolve(values.to) : join(dataDir, 'backups');
    const folder = join(parent, `heng-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')}`);
    const opened = await stores();
    const onProgress = (table: string, done: number, of: number) => progress(`${done + 1}/${of} ${table}`);
    const manifest = await makeBackup(
      { stores: opened, now, version: versionOf(), onProgress },
      ownerOfTheMachine,
      folder,
    );
    const told = summaryOf(manifest);
    if (told.withoutLedgerKey)
      progress(
        zh
          ? '账本的私钥不在这份备份里：这台机器上没有 ledger.key。请在有它的节点上备份，或另外保管它（或 HENG_LEDGER_KEY）；没有它，恢复之后只能用 heng ledger rotate-key --lost 换钥匙。'
          : 'The ledger’s private key is not in this backup: there is no ledger.key on this machine. Back up on the node that has it, or keep it (or HENG_LEDGER_KEY) elsewhere; without it a restored ledger goes on with a new one alone: heng ledger rotate-key --lost.',
      );
    out(
      { folder, ...told },
      zh
        ? `备份已写好：${folder}\n${told.tables} 张表，${told.rows} 行，${inMegabytes(told.bytes)} MB；账本 ${told.ledgerSize} 条。\n恢复：heng restore ${folder} --data 新目录`
        : `Backup written: ${folder}\nTables ${told.tables}, rows ${told.rows}, ${inMegabytes(told.bytes)} MB; ledger entries ${told.ledgerSize}.\nRestore it: heng restore ${folder} --data NEW_FOLDER`,
    );
    return 0;
  },
};

const inMegabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

function summaryOf(manifest: Manifest) {
  const tables = [...manifest.postgres, ...manifest.clickhouse];
  return {
    madeAt: manifest.madeAt,
    tables: tables.length,
    rows: String(tables.reduce((sum, { content }) => sum + BigInt(content.rows), 0n)),
    bytes: partsOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0),
    ledgerSize: manifest.ledgerSize,
    withoutLedgerKey: lacksLedgerKey(manifest),
  };
}
