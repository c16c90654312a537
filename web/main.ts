// Starts the web app: client, language, router, page.
import urql from '@urql/vue';
import { createApp } from 'vue';
import App from './App.vue';
import { forgetSession } from './composables/use-session.ts';
import { createClient } from './graphql/client.ts';
import { i18n, preferredLanguage, setLanguage } from './locales/i18n.ts';
import { createAppRouter } from './router.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/print.css';

async function start(): Promise<void> {
  const client = createClient(() => {
    forgetSession();
    void router.replace({ name: 'sign-in', query: { next: router.currentRoute.value.fullPath } });
  });
  const router = createAppRouter(client);
  await setLanguage(preferredLanguage());
  createApp(App).use(urql, client).use(i18n).use(router).mount('#app');
}

void start();
