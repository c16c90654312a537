// The one GraphQL client: same origin, session cookie, and the header that shows a request came from this app.
import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/vue';
import { noteServerTime } from './server-clock.ts';

const ENDPOINT = '/graphql';

/** Makes the client; results are cached until a mutation touches the same types. Calls back when the session is no longer known. */
export function createClient(onSignedOut: () => void): Client {
  return new Client({
    url: ENDPOINT,
    exchanges: [cacheExchange, signedOutExchange(onSignedOut), fetchExchange],
    requestPolicy: 'cache-and-network',
    preferGetMethod: false,
    fetch: fetchNotingTime,
    fetchOptions: { credentials: 'same-origin', headers: { 'x-muster-csrf': '1', 'content-type': 'application/json' } },
  });
}

function signedOutExchange(onSignedOut: () => void) {
  return mapExchange({
    onError(error) {
      if (error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')) onSignedOut();
    },
  });
}

async function fetchNotingTime(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  noteServerTime(response.headers.get('date'));
  return response;
}
