// Two test projects: the API in Node, the web app's components in happy-dom.
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Many suites wait for real servers more than they compute: three at a time keep two cores busy.
    maxWorkers: 3,
    projects: [
      {
        // graphql ships CommonJS and .mjs without an exports map: pin one file, or two copies of it meet.
        resolve: { alias: { graphql: 'graphql/index.js' } },
        test: {
          name: 'api',
          environment: 'node',
          include: ['test/api/**/*.test.ts', 'test/faults/**/*.test.ts'],
          testTimeout: 20_000,
          setupFiles: ['test/support/metadata.ts'],
          globalSetup: ['test/support/shared-postgres.ts'],
        },
      },
      { plugins: [vue()], test: { name: 'web', environment: 'happy-dom', include: ['test/web/**/*.test.ts'] } },
    ],
  },
});
