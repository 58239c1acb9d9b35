// Completes package-lock.json: `node tools/lock.mjs` after every change of a dependency.
// npm leaves out the optional packages of other platforms that its registry lacks, and `npm ci` then refuses its own lock.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = join(fileURLToPath(new URL('..', import.meta.url)), 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = complete(lock.packages);
if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(added.length === 0 ? 'package-lock.json is complete' : `added ${added.join(', ')}`);

function complete(packages) {
  const added = [];
  for (const [where, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(packages, where, name)) continue;
      packages[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
      };
      added.push(`${name}@${version}`);
    }
  }
  return added;
}

/** Whether the package at `where` finds `name` in its own node_modules or in one above. */
function isLocked(packages, where, name) {
  for (let folder = where; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
    if (!folder.includes('/node_modules/')) folder = '';
  }
}

/** The name says where such a package runs: `…-linux-arm64-gnu`. */
function platformOf(name) {
  const [, os, cpu, libc] = /(darwin|linux|win32)-(arm64|x64)(?:-(gnu|glibc|musl))?$/.exec(name) ?? [];
  if (!os) throw new Error(`${name}: its name does not say for which platform it is; add it by hand`);
  return {
    cpu: [cpu],
    ...(os === 'linux' && libc ? { libc: [libc === 'musl' ? 'musl' : 'glibc'] } : {}),
    os: [os],
  };
}
