// Finds a Chromium for the browser tests, installs Debian's where that is allowed, or says what to install.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { step, stop } from './say.mjs';
import { run } from './setUp.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const macApps = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

export async function chromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given)) {
    stop(`CHROMIUM_PATH 指向的 ${given} 不存在。`, `CHROMIUM_PATH is ${given}, and there is nothing there.`);
  }
  const found = given ?? find();
  if (found && hasChineseFont()) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await step('安装浏览器与中文字体 Installing Chromium and a Chinese font', async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update', '-q'], { env });
      const packages = [...(found ? [] : ['chromium']), 'fonts-noto-cjk'];
      await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
    });
  }
  const now = given ?? find();
  if (now) return now;
  return stop(
    '浏览器测试需要 Chromium：Debian/Ubuntu 请运行 sudo apt-get install chromium fonts-noto-cjk，macOS 请安装 Google Chrome，或用 CHROMIUM_PATH 指定。',
    'The browser tests need Chromium: on Debian or Ubuntu `sudo apt-get install chromium fonts-noto-cjk`, on macOS install Google Chrome, or set CHROMIUM_PATH.',
  );
}

function find() {
  for (const name of names) {
    const path = onPath(name);
    if (path) return path;
  }
  return macApps.find((path) => existsSync(path));
}

function onPath(name) {
  const found = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** Without one, screenshots show boxes and line breaks differ; only Debian's can be asked for here. */
function hasChineseFont() {
  if (process.platform !== 'linux' || !onPath('fc-list')) return true;
  return spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout.trim() !== '';
}
