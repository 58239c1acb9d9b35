import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { themeCss } from './src/web/theme.ts';

/** Filled by the server with a nonce of each answer; see src/platform/security.ts. */
const cspNonce = '__CSP_NONCE__';

/** Writes both palettes into the page's head, so that the first paint already has the paper's colour. */
function themeInHead(): Plugin {
  return {
    name: 'heng-theme',
    transformIndexHtml: () => [
      { tag: 'style', attrs: { id: 'theme', nonce: cspNonce }, children: themeCss(), injectTo: 'head' },
    ],
  };
}

/**
 * antd locks the page behind a drawer with a style element that forgets the nonce, so the content security policy would
 * refuse it. Gives every style element of antd the page's nonce; fails the build when the place has moved.
 */
function nonceForEveryStyle(): Plugin {
  const place = 'if (csp?.nonce) {\n    styleNode.nonce = csp?.nonce;\n  }';
  return {
    name: 'heng-nonce',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('@rc-component/util/es/Dom/dynamicCSS.js')) return null;
      if (!code.includes(place)) this.error('dynamicCSS.js of @rc-component/util has changed: see nonceForEveryStyle');
      const nonce = `csp?.nonce ?? document.querySelector('meta[property="csp-nonce"]')?.nonce ?? ''`;
      return { code: code.replace(place, `styleNode.nonce = ${nonce};`), map: null };
    },
  };
}

/** Lays a .br and a .gz beside every script and style sheet, for the server to hand out as they are. */
function compressed(): Plugin {
  return {
    name: 'heng-compressed',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) return;
      const assets = join(dir, 'assets');
      for (const name of await readdir(assets)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const content = await readFile(join(assets, name));
        await writeFile(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }));
        const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        await writeFile(join(assets, `${name}.br`), brotliCompressSync(content, options));
      }
    },
  };
}

export default defineConfig(({ command }) => {
  // Started from a test, the environment would ask for the library builds of development.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: 'src/web',
    publicDir: false,
    plugins: [react(), themeInHead(), nonceForEveryStyle(), compressed()],
    html: { cspNonce },
    server: { proxy: { '/api': process.env.HENG_API ?? 'http://127.0.0.1:7077' } },
    build: {
      outDir: '../../dist/web',
      emptyOutDir: true,
      manifest: true,
      target: 'es2022',
      // A browser that does not know the hints loads the same a little later.
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1200,
    },
  };
});
