import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchCommand } from './benchCommand.ts';
import { dispatch } from './dispatch.ts';
import { importCommand } from './ingest/command.ts';
import { closestTo } from './platform/closest.ts';
import type { Command } from './platform/command.ts';
import { BadInput, Conflict, Invalid } from './platform/errors.ts';
import { packageRoot } from './platform/root.ts';
import { type OpenStores, openStores } from './platform/stores.ts';

function aCommand(run: Command['run']): Command {
  return {
    name: 'metrics',
    summary: { zh: '计算指标', en: 'compute' },
    usage: '--period P',
    positionals: { define: 1 },
    options: { period: { type: 'string' } },
    run,
  };
}

async function typed(line: string, options: { lang?: string; run?: Command['run']; err?: string[] } = {}) {
  const out: string[] = [];
  const err = options.err ?? [];
  const terminal = {
    env: { LANG: options.lang ?? 'zh_CN.UTF-8', HENG_DATA: tmpdir() },
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
  };
  const answer: Command['run'] = async ({ out, values }) => {
    out({ period: values.period });
    return 0;
  };
  const command = aCommand(options.run ?? answer);
  const exit = await dispatch(line.split(' ').filter(Boolean), terminal, [command]);
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

it('a command ends after those that use its engines, which lets in nobody else, and one whose engines end under it says so', async () => {
  const data = mkdtempSync(join(tmpdir(), 'heng-attached-'));
  /** A command that opens the stores, waits until it is let go on, and asks both of them something. */
  const begun = async () => {
    const err: string[] = [];
    let goOn = (): void => {};
    const going = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let exit: Promise<number> = Promise.resolve(-1);
    const owner = await new Promise<boolean>((opened) => {
      const run: Command['run'] = async (context) => {
        const stores = await context.stores();
        opened((stores as OpenStores).owner);
        await going;
        await Promise.all([stores.postgres.query('SELECT 1'), stores.clickhouse.all.query('SELECT 1')]);
        return 0;
      };
      exit = typed(`metrics --data ${data}`, { err, run }).then((ended) => ended.exit);
    });
    return { owner, goOn, err, exit };
  };
  try {
    const first = await begun();
    const second = await begun();
    expect([first.owner, second.owner]).toEqual([true, false]);
    first.goOn();
    await expect.poll(() => first.err.join()).toContain(`heng metrics ${process.pid}`);
    const later = openStores({ dataDir: data, env: {}, command: 'heng import' });
    second.goOn();
    expect(await second.exit).toBe(0);
    expect(await first.exit).toBe(0);

    const next = await later;
    expect(next.owner, 'not let in before, it has the directory for itself').toBe(true);
    const third = await begun();
    expect(third.owner).toBe(false);
    await next.close();
    third.goOn();
    expect(await third.exit).toBe(1);
    expect(third.err.join()).toContain(`进程 ${process.pid}（heng import）启动的数据库`);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}, 60_000);

describe('the command line', () => {
  it('answers --json with one document on standard output', async () => {
    const { exit, out, err } = await typed('metrics --period 2026-10 --json');
    expect([exit, JSON.parse(out), err]).toEqual([0, { period: '2026-10' }, '']);
  });

  it('passes the exit code of the command on', async () => {
    expect((await typed('metrics', { run: async () => 3 })).exit).toBe(3);
  });

  it.each(['', 'metric', 'nonsense', 'metrics --perod 2026-10', 'metrics --period', 'help nonsense'])(
    'calls %j wrong use: exit 2, a sentence on standard error, nothing on standard output',
    async (line) => {
      const { exit, out, err } = await typed(line);
      expect([exit, out]).toEqual([2, '']);
      expect(err).toContain('heng --help');
    },
  );

  it.each([
    ['metrics --perod 2026-10', '不认识选项 --perod', 'no option --perod'],
    ['metrics -x', '不认识选项 -x', 'no option -x'],
    ['metrics --period', '--period 后面要写', '--period needs a value'],
    ['metrics --period --help', '--period 后面要写', '--period needs a value'],
    ['metrics --json=yes', '--json 后面不写', '--json takes no value'],
  ])('says of %j what is wrong with the option, in the reader’s language alone', async (line, zh, en) => {
    const chinese = (await typed(line)).err;
    expect(chinese).toContain(zh);
    expect(chinese.split('\n')[0]).not.toMatch(/unknown|argument|option/i);
    expect((await typed(line, { lang: 'en_GB.UTF-8' })).err).toContain(en);
  });

  it('takes a value that begins with a dash after an equals sign', async () => {
    expect((await typed('metrics --period=-1 --json')).out).toBe('{"period":"-1"}');
  });

  it('refuses a word more than the command or its action takes, and names it', async () => {
    expect(await typed('metrics define a.yaml')).toMatchObject({ exit: 0 });
    expect(await typed('metrics other a b c'), 'an action that the command refuses itself').toMatchObject({ exit: 0 });
    const { exit, out, err } = await typed('metrics define a.yaml b.yaml');
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain('“b.yaml”');
    expect((await typed('metrics define a b', { lang: 'en_GB.UTF-8' })).err).toContain('“b”');
    expect((await typed('metrics define a b --help')).exit, 'whoever asks for help gets it').toBe(0);
  });

  it('calls a mapping that does not hold wrong use, as any other wrong value of an option, and lists its issues', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heng-mapping-'));
    try {
      const map = join(folder, 'map.yaml');
      writeFileSync(map, 'kind: tickets\ntimeZone: Nowhere/Land\ncolumns: {}\n');
      const err: string[] = [];
      const terminal = { env: { HENG_DATA: folder }, out: () => {}, err: (text: string) => void err.push(text) };
      expect(await dispatch(['import', map, '--map', map, '--json'], terminal, [importCommand()])).toBe(2);
      expect(JSON.parse(err.join('')).error).toMatchObject({ code: 'mapping.invalid', issues: [{ path: 'timeZone' }] });
      err.length = 0;
      expect(await dispatch(['import', map, '--map', map], terminal, [importCommand()])).toBe(2);
      expect(err.join('\n')).toMatch(/^ {2}timeZone: /m);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('runs the measurements of a checkout with their own exit code, and says where there are none', async () => {
    const err: string[] = [];
    const terminal = {
      env: { ...process.env, LANG: 'en_GB.UTF-8' },
      out: () => {},
      err: (text: string) => void err.push(text),
    };
    expect(await dispatch(['bench', 'noSuchBench'], terminal, [benchCommand(packageRoot)])).toBe(2);
    expect(err, 'the measurements speak for themselves').toEqual([]);
    expect(await dispatch(['bench'], terminal, [benchCommand(join(tmpdir(), 'no-checkout'))])).toBe(1);
    expect(err.join()).toContain('run ./heng bench in a checkout');
  });

  it('suggests the command that was probably meant', async () => {
    expect((await typed('metrcs')).err).toContain('是不是 metrics？');
    expect((await typed('metrcs', { lang: 'en_GB.UTF-8' })).err).toContain('Did you mean metrics?');
    expect((await typed('xyz')).err).not.toContain('metrics');
  });

  it('says what failed in the reader’s language, and as JSON when asked', async () => {
    const run = async () => {
      throw new Conflict('person.emailTaken', { email: 'a@b.cn' });
    };
    expect(await typed('metrics', { run })).toMatchObject({ exit: 1, out: '', err: '邮箱 a@b.cn 已有人使用。' });
    expect((await typed('metrics', { run, lang: 'en_US.UTF-8' })).err).toBe('Somebody already uses a@b.cn.');
    const { exit, err } = await typed('metrics --json', { run });
    expect([exit, JSON.parse(err).error.code]).toEqual([1, 'person.emailTaken']);
  });

  it('exits 2 for bad input of a command and lists every issue of an invalid one', async () => {
    const bad = await typed('metrics', {
      run: async () => {
        throw new BadInput('period.unreadable', { period: 'x' });
      },
    });
    expect(bad.exit).toBe(2);
    const issues = [
      { path: 'a', code: 'field.missing' },
      { path: 'b', code: 'field.missing' },
    ];
    const invalid = await typed('metrics', {
      run: async () => {
        throw new Invalid('person.invalid', issues);
      },
    });
    expect(invalid.exit).toBe(1);
    expect(invalid.err.split('\n')).toHaveLength(3);
  });

  it.each(['--help', 'help', '-h', 'metrics --help', 'help metrics'])(
    '%s explains in Chinese, then in English',
    async (line) => {
      const { exit, out } = await typed(line);
      expect(exit).toBe(0);
      expect(out.indexOf('计算指标')).toBeGreaterThan(-1);
      expect(out.indexOf('计算指标')).toBeLessThan(out.indexOf('compute'));
    },
  );
});

it('says its version', async () => {
  expect(await typed('--version')).toMatchObject({ exit: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});

it('closestTo takes two wrong letters, not three', () => {
  expect(closestTo('improt', ['import', 'metrics'])).toBe('import');
  expect(closestTo('imp', ['import', 'metrics'])).toBe('import');
  expect(closestTo('abcdef', ['import', 'metrics'])).toBeNull();
});
