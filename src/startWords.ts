import type { DemoAccount } from './people/demoAccounts.ts';
import type { Language } from './platform/language.ts';

/** What `heng start` says on the screen. */
export const startWords = {
  zh: {
    starting: '正在启动…',
    generating: '第一次启动：生成示例公司（3 家店铺、60 名客服、3 个月）…',
    reading: '导入…',
    committing: '写入…',
    deriving: '计算事实…',
    done: '示例公司已装入。',
    stopping: '正在停止：先做完已接收的请求…',
    ready: '衡已就绪：',
    first: '第一位管理员请打开（72 小时内有效，只能用一次）：',
    accounts: '示例公司的演示账号（密码只显示这一次；换新的：heng start --demo-accounts）：',
    demo: '现在看到的是示例公司。用自己的数据：heng start --data 目录 --empty',
    stop: '按 Ctrl+C 停止。',
  },
  en: {
    starting: 'Starting…',
    generating: 'First start: making up a company (3 shops, 60 agents, 3 months)…',
    reading: 'Importing…',
    committing: 'Writing…',
    deriving: 'Deriving facts…',
    done: 'The made-up company is loaded.',
    stopping: 'Stopping: finishing what was accepted…',
    ready: 'Heng is ready: ',
    first: 'The first administrator opens (valid for 72 hours, works once):',
    accounts: 'Accounts of the made-up company (passwords are shown this once; new ones: heng start --demo-accounts):',
    demo: 'This is a made-up company. For your own data: heng start --data DIR --empty',
    stop: 'Ctrl+C stops it.',
  },
} as const satisfies Record<Language, Record<string, string>>;

const roleNames: Readonly<Record<DemoAccount['role'], string>> = {
  agent: '客服 agent',
  supervisor: '主管 supervisor',
  inspector: '质检员 inspector',
  trainer: '培训 trainer',
  hr: '人事 HR',
  administrator: '管理员 administrator',
  director: '总监 director',
};

export interface Started {
  readonly url: string;
  readonly firstAdministrator: string | null;
  readonly demo: boolean;
  readonly demoAccounts: readonly DemoAccount[];
}

export function startBanner(language: Language, started: Started): string {
  const words = startWords[language];
  const lines = ['', `  ${words.ready}${started.url}`];
  if (started.demo) lines.push('', `  ${words.demo}`);
  if (started.demoAccounts.length > 0) {
    lines.push('', `  ${words.accounts}`);
    for (const { role, email, password } of started.demoAccounts) {
      lines.push(`    ${email.padEnd(28)}${password.padEnd(16)}${roleNames[role]}`);
    }
  }
  if (started.firstAdministrator) lines.push('', `  ${words.first}`, `  ${started.firstAdministrator}`);
  return [...lines, '', `  ${words.stop}`].join('\n');
}
