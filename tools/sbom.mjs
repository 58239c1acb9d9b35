// What ships, as CycloneDX 1.5: the packages that the server needs at run time and those that are built into the pages, out of the lock.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

/** Stated nowhere in the lock, as the packages for other machines are not here to be looked into. */
const licencesKnown = {
  '@chdb/lib-darwin-arm64': 'Apache-2.0',
  '@chdb/lib-darwin-x64': 'Apache-2.0',
  '@chdb/lib-linux-arm64-gnu': 'Apache-2.0',
};

/** The same lock and pages always give the same document. */
export function sbom(lock, pagesUse) {
  const { packages } = lock;
  const own = packages[''];
  const components = new Map();
  const dependencies = new Map();
  const visit = (path, scope) => {
    const entry = packages[path];
    const ref = purlOf(nameOf(path, entry), entry.version);
    const known = components.get(ref);
    if (known && (known.scope === 'required' || scope === 'optional')) return ref;
    components.set(ref, componentOf(path, entry, ref, scope));
    const on = Object.keys(entry.dependencies ?? {}).map((name) => at(path, name, scope));
    const maybe = Object.keys(entry.optionalDependencies ?? {}).map((name) => at(path, name, 'optional'));
    dependencies.set(ref, [...new Set([...on, ...maybe].filter(Boolean))].sort());
    return ref;
  };
  /** As node finds it: beside who asks, else further up. Null for an optional one that the lock does not have. */
  const at = (from, name, scope) => {
    for (let path = from; ; path = path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')))) {
      const found = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
      if (packages[found]) return visit(found, scope);
      if (path === '') return null;
      if (!path.includes('/node_modules/')) path = '';
    }
  };
  const direct = [
    ...Object.keys(own.dependencies ?? {}).map((name) => at('', name, 'required')),
    ...Object.keys(own.optionalDependencies ?? {}).map((name) => at('', name, 'optional')),
    ...pagesUse.map((name) => at('', name, 'required')),
  ];
  const ref = purlOf(own.name ?? lock.name, lock.version);
  return {
    ...{ bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber: serialOf(lock, pagesUse), version: 1 },
    metadata: {
      component: {
        ...{ type: 'application', 'bom-ref': ref, name: lock.name, version: lock.version, purl: ref },
        licenses: [{ license: { id: own.license } }],
      },
    },
    components: [...components.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
    dependencies: [
      { ref, dependsOn: [...new Set(direct.filter(Boolean))].sort() },
      ...[...dependencies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([each, on]) => ({ ref: each, dependsOn: on })),
    ],
  };
}

function componentOf(path, entry, ref, scope) {
  const whole = nameOf(path, entry);
  const [group, name] = whole.startsWith('@') ? whole.split('/') : [undefined, whole];
  const licence = entry.license ?? licencesKnown[whole];
  const [algorithm, digest] = (entry.integrity ?? '').split('-');
  return {
    ...{ type: 'library', 'bom-ref': ref, ...(group ? { group } : {}), name, version: entry.version, scope, purl: ref },
    ...(licence
      ? { licenses: [/[ ()]/.test(licence) ? { expression: licence } : { license: licenceOf(licence) }] }
      : {}),
    ...(digest
      ? { hashes: [{ alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }] }
      : {}),
  };
}

/** `MIT/X11` is no SPDX id. */
const licenceOf = (licence) => (/^[A-Za-z0-9.+-]+$/.test(licence) ? { id: licence } : { name: licence });

const nameOf = (path, entry) => entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function serialOf(lock, pagesUse) {
  const hex = createHash('sha256')
    .update(JSON.stringify([lock, pagesUse]))
    .digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The packages that the pages import; vite builds them and what they need into `dist/web`. */
export function packagesOfPages() {
  const used = new Set();
  for (const path of readdirSync(join(root, 'src/web'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path)) continue;
    const text = readFileSync(join(root, 'src/web', path), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import) '((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g))
      if (!name.startsWith('.')) used.add(name);
  }
  return [...used].sort();
}

/** Writes `dist/sbom.cdx.json`. */
export function writeSbom() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const file = join(root, 'dist/sbom.cdx.json');
  const text = `${JSON.stringify(sbom(lock, packagesOfPages()), null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
