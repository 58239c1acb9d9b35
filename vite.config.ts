import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { themeCss } from './src/web/theme.ts';

/** Writes both palettes into the page's head, so that the first paint already has the paper's colour. */
function themeInHead(): Plugin {
  return {
    name: 'heng-theme',
    transformIndexHtml: () => [{ tag: 'style', attrs: { id: 'theme' }, children: themeCss(), injectTo: 'head' }],
  };
}

export default defineConfig({
  root: 'src/web',
  publicDir: false,
  plugins: [react(), themeInHead()],
  server: { proxy: { '/api': process.env.HENG_API ?? 'http://127.0.0.1:8787' } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
  },
});
