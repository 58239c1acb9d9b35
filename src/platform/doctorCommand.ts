import { readConfig } from '../config.ts';
import type { Command } from './command.ts';
import { examine, type Finding } from './doctor.ts';
import { type Language, languageOf } from './language.ts';

export const command: Command = {
  name: 'doctor',
  summary: {
    zh: '检查版本、端口、磁盘、权限、时钟和两个引擎，并说明怎么办',
    en: 'check versions, port, disk, permissions, clocks and both engines, and say what to do',
  },
  usage: '[--port N]',
  details: {
    zh: ['--port N  要检查的端口（默认 7077，或 PORT）'],
    en: ['--port N  the port to look at (default 7077, or PORT)'],
  },
  positionals: 0,
  options: { port: { type: 'string' } },
  async run({ values, dataDir, env, now, stores, out, progress }) {
    progress({ zh: '正在检查…', en: 'Looking…' }[languageOf(env)]);
    const { port } = readConfig(typeof values.port === 'string' ? { ...env, PORT: values.port } : env);
    const findings = await examine({ dataDir, env, now, stores, port });
    const healthy = findings.every((finding) => finding.status !== 'failed');
    out({ ok: healthy, dataDir, checks: findings }, textOf(findings, languageOf(env)));
    return healthy ? 0 : 1;
  },
};

const marks = { ok: '✓', warning: '!', failed: '✗' } as const;

function textOf(findings: readonly Finding[], language: Language): string {
  return findings
    .flatMap(({ status, found, todo }) => [
      `${marks[status]} ${found[language]}`,
      ...(todo ? todo[language].split('\n').map((line) => `    ${line}`) : []),
    ])
    .join('\n');
}
