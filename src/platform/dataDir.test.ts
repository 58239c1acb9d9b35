import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDataDir } from './dataDir.ts';
import { messages } from './messages.ts';
import { sentenceOf } from './sentences.ts';

test('a directory is made for its owner alone; where none can be, it is said which and why, in both languages', () => {
  const place = mkdtempSync(join(tmpdir(), 'heng-dir-'));
  try {
    const made = join(place, 'a', 'b');
    makeDataDir(made);
    makeDataDir(made);
    expect(statSync(made).mode & 0o777).toBe(0o700);
    const dir = join(place, 'file');
    writeFileSync(dir, '');
    const params = { dir, reason: 'EEXIST' };
    expect(() => makeDataDir(dir)).toThrow(expect.objectContaining({ code: 'dataDir.unwritable', params }));
    expect(sentenceOf({ code: 'dataDir.unwritable', params }, messages)).toEqual({
      zh: `数据目录 ${dir} 不能写（EEXIST）：检查权限和磁盘是否只读，或用 --data 另选目录。`,
      en: `Nothing can be written in the data directory ${dir} (EEXIST): check its rights and whether the disk is read-only, or choose another with --data.`,
    });
  } finally {
    rmSync(place, { recursive: true });
  }
});
