import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

/** The running host that the development server hands calls on to: the address that `holdfast serve` prints. */
const host = process.env.HOLDFAST_HOST ?? 'http://127.0.0.1:7420';
/** The host checks both: its page comes from itself. */
const asOwnPage = { target: host, changeOrigin: true, headers: { origin: host } };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  css: { postcss: { plugins: [presetMantine()] } },
  build: {
    target: 'chrome108',
    outDir: 'dist',
    emptyOutDir: true,
    // The page's security policy forbids data: URLs in scripts and styles alike.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: { '/session': asOwnPage, '/api': asOwnPage, '/rpc': { ...asOwnPage, ws: true } },
  },
});
