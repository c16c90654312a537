// The one GraphQL client: same origin, session cookie, and the header that shows a request came from this app.
import { Client, cacheExchange, fetchExchange } from '@urql/vue';
import { noteServerTime } from './server-clock.ts';

const ENDPOINT = '/graphql';

/** Makes the client; results are cached until a mutation touches the same types. */
export function createClient(): Client {
  return new Client({
    url: ENDPOINT,
    exchanges: [cacheExchange, fetchExchange],
    requestPolicy: 'cache-and-network',
    preferGetMethod: false,
    fetch: fetchNotingTime,
    fetchOptions: { credentials: 'same-origin', headers: { 'x-muster-csrf': '1', 'content-type': 'application/json' } },
  });
}

async function fetchNotingTime(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  noteServerTime(response.headers.get('date'));
  return response;
}
