// The notice that nothing can be stored: when it is there, what it says, and that it goes away by itself.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import { GraphQLError } from 'graphql';
import { CombinedError } from '@urql/vue';
import { i18n } from '../../../../web/locales/i18n.ts';

interface Answer {
  readonly storage: { readonly isWritable: boolean; readonly since: string | null; readonly reason: 'DISK_FULL' | 'FAILING' | 'UNREACHABLE' | null };
}

const SINCE = '2026-03-02T04:05:00.000Z';
const FULL: Answer = { storage: { isWritable: false, since: SINCE, reason: 'DISK_FULL' } };
const WELL: Answer = { storage: { isWritable: true, since: null, reason: null } };
const executeQuery = vi.fn();
const data = shallowRef<Answer>();
const error = shallowRef<CombinedError>();
// The server's answers are given by the tests; all else is as it is.
vi.mock('@urql/vue', async (original) => ({ ...(await original<object>()), useQuery: () => ({ data, error, executeQuery }) }));
const { default: AppStorage } = await import('../../../../web/components/app/AppStorage.vue');

let notice: VueWrapper;

beforeEach(() => {
  vi.useFakeTimers();
  executeQuery.mockClear();
  data.value = undefined;
  error.value = undefined;
  notice = mount(AppStorage, { global: { plugins: [i18n] } });
});
afterEach(() => {
  notice.unmount();
  vi.useRealTimers();
});

async function answered(next: { data?: Answer; error?: CombinedError }): Promise<string> {
  data.value = next.data;
  error.value = next.error;
  await flushPromises();
  return notice.text();
}

function refusedWith(code: string): CombinedError {
  return new CombinedError({ graphQLErrors: [new GraphQLError('Refused.', { extensions: { code } })] });
}

it('says nothing while all is stored, and while nothing is known', async () => {
  expect(notice.text()).toBe('');
  expect(await answered({ data: WELL })).toBe('');
});

it('says since when and why nothing can be stored, what holds, and what to do', async () => {
  const text = await answered({ data: FULL });
  expect(text).toContain('The disk of the database is full');
  expect(text).toContain('nothing that was recorded is lost');
  expect(text).toContain('Free some space');
  expect(notice.get('[role="alert"]').text()).toBe(text);
  expect(notice.get('time').attributes('datetime')).toBe(SINCE);
  expect(notice.get('time').attributes('title')).toContain('2026-03-02 04:05');
});

it.each([
  ['FAILING', 'Look at the log'],
  ['UNREACHABLE', 'Look at the server of the database'],
] as const)('has words of its own for %s', async (reason, remedy) => {
  expect(await answered({ data: { storage: { isWritable: false, since: SINCE, reason } } })).toContain(remedy);
});

it('takes a server that answers nobody for one without its database, and no other refusal', async () => {
  expect(await answered({ error: refusedWith('UNAUTHENTICATED') })).toBe('');
  expect(await answered({ error: refusedWith('UNAVAILABLE') })).toContain('The database cannot be reached');
});

it('asks again by itself, and goes away when writing works', async () => {
  await answered({ data: FULL });
  vi.advanceTimersByTime(5_000);
  expect(executeQuery).toHaveBeenCalledWith({ requestPolicy: 'network-only' });
  expect(await answered({ data: WELL })).toBe('');
});
