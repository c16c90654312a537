// The pages by URL. All but the shell are loaded when first visited; whoever is not signed in is sent to sign in and back.
import type { Client } from '@urql/vue';
import { type RouteLocationNormalized, type Router, type RouteRecordRaw, createRouter, createWebHistory } from 'vue-router';
import { loadSession, useSession } from './composables/use-session.ts';

const ROUTES: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignInPage.vue'), meta: { isPublic: true } },
  { path: '/setup', name: 'setup', component: () => import('./pages/SetupPage.vue'), meta: { isPublic: true } },
  { path: '/', name: 'overview', component: () => import('./pages/OverviewPage.vue') },
  { path: '/services', name: 'services', component: () => import('./pages/ServicesPage.vue') },
  {
    path: '/services/:key',
    name: 'service',
    component: () => import('./pages/ServicePage.vue'),
    props: ({ params }) => ({ serviceKey: params['key'] }),
  },
  { path: '/runbooks', name: 'runbooks', component: () => import('./pages/RunbooksPage.vue') },
  { path: '/runbooks/new', name: 'runbook-new', component: () => import('./pages/RunbookEditPage.vue'), props: { runbookKey: null } },
  { path: '/runbooks/:key/edit', name: 'runbook-edit', component: () => import('./pages/RunbookEditPage.vue'), props: runbookProps },
  { path: '/runbooks/:key/start', name: 'start', component: () => import('./pages/StartPage.vue'), props: runbookProps },
  {
    path: '/runbooks/:key/diff',
    name: 'runbook-diff',
    component: () => import('./pages/RunbookDiffPage.vue'),
    props: ({ params, query }) => ({ runbookKey: params['key'], from: numberOf(query['from']), to: numberOf(query['to']) }),
  },
  { path: '/runbooks/:key', name: 'runbook', component: () => import('./pages/RunbookPage.vue'), props: runbookProps },
  {
    path: '/runbooks/:key/v/:number(\\d+)',
    name: 'revision',
    component: () => import('./pages/RunbookPage.vue'),
    props: (to) => ({ ...runbookProps(to), number: Number(to.params['number']) }),
  },
  { path: '/drills', name: 'drills', component: () => import('./pages/DrillsPage.vue') },
  { path: '/drills/:id', name: 'drill', component: () => import('./pages/DrillPage.vue'), props: true },
  {
    path: '/drills/:id/steps/:step(.+)/confirm',
    name: 'confirm',
    component: () => import('./pages/ConfirmPage.vue'),
    props: true,
  },
  { path: '/inbox', name: 'inbox', component: () => import('./pages/InboxPage.vue') },
  { path: '/calendar', name: 'calendar', component: () => import('./pages/CalendarPage.vue') },
  { path: '/schedules/new', name: 'schedule-new', component: () => import('./pages/ScheduleEditPage.vue'), props: { scheduleId: null } },
  {
    path: '/schedules/:id/edit',
    name: 'schedule-edit',
    component: () => import('./pages/ScheduleEditPage.vue'),
    props: ({ params }) => ({ scheduleId: params['id'] }),
  },
  { path: '/schedules', name: 'schedules', component: () => import('./pages/SchedulesPage.vue') },
  { path: '/settings/hosts', name: 'hosts', component: () => import('./pages/HostsPage.vue') },
  {
    path: '/settings/hosts/:key',
    name: 'host',
    component: () => import('./pages/HostPage.vue'),
    props: ({ params }) => ({ hostKey: params['key'] }),
  },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('./pages/NotFoundPage.vue') },
];

/** Makes the router with its guard. */
export function createAppRouter(client: Client): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: ROUTES,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  });
  router.beforeEach(async (to) => {
    const { isLoaded, viewer } = useSession();
    if (!isLoaded.value) await loadSession(client);
    // With the server out of reach the app shows that itself; a redirect would say something wrong.
    if (!isLoaded.value || viewer.value || to.meta['isPublic'] === true) return true;
    return signInFor(to);
  });
  return router;
}

function runbookProps({ params }: RouteLocationNormalized) {
  return { runbookKey: params['key'] };
}

/** A URL is typed by people: null for what is no number of a revision. */
function numberOf(value: unknown): number | null {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : null;
}

function signInFor(to: RouteLocationNormalized) {
  return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
}
