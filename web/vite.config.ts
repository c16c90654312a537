// Builds the web app into web/dist; in development it hands GraphQL and live updates on to the API.
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const API = process.env['MUSTER_API'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_I18N_LEGACY_API__: 'false', __INTLIFY_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing may be inlined: the content policy allows files of our own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/schema': { target: API }, '/graphql': { target: API, ws: true } } },
});
