// Live updates: one WebSocket for all subscriptions, reconnected for ever, with its state on view.
import { type Client, createClient } from 'graphql-ws';
import type { TadaDocumentNode } from 'gql.tada';
import { stringifyDocument } from '@urql/vue';
import { readonly, ref } from 'vue';

/** A ping this often finds a dead link; the answer must come within the second time. */
const PING_MS = 10_000;
const PONG_MS = 5_000;
/** The code of a close that one side asked for. */
const CLEAN_CLOSE = 1_000;
const RETRY_MAX_MS = 5_000;

export interface SocketState {
  readonly isLost: boolean;
  /** When the link was lost, by this device's clock. */
  readonly lostAt: number | null;
}

const state = ref<SocketState>({ isLost: false, lostAt: null });
const reconnected = new Set<() => void>();
let socket: Client | null = null;

export const socketState = readonly(state);

/**
 * Subscribes until the returned function is called. `variables` is read again at every reconnect: a caller that
 * moves its `after` forward resumes where it was.
 */
export function subscribe<Data, Variables extends Record<string, unknown>>(
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  onData: (data: Data) => void,
): () => void {
  socket ??= openSocket();
  return socket.subscribe<Data>(
    { query: stringifyDocument(document), variables },
    {
      next: ({ data }) => {
        if (data) onData(data);
      },
      // The link itself is retried for ever; what ends here was refused by the server, and the page's query says why.
      error: () => undefined,
      complete: () => undefined,
    },
  );
}

/** Calls back after every reconnect, for what has to be read again. Returns the function that stops it. */
export function onReconnect(callback: () => void): () => void {
  reconnected.add(callback);
  return () => reconnected.delete(callback);
}

/** Closes the link, so that the next subscription opens one with the session of that moment. */
export function closeSocket(): void {
  void socket?.dispose();
  socket = null;
  state.value = { isLost: false, lostAt: null };
}

function openSocket(): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const client = createClient({
    url: `${scheme}://${location.host}/graphql`,
    keepAlive: PING_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(RETRY_MAX_MS, 500 * 2 ** retries))),
  });
  client.on('connected', (_socket, _payload, wasRetry) => {
    state.value = { isLost: false, lostAt: null };
    if (wasRetry) for (const callback of reconnected) callback();
  });
  client.on('closed', (event) => {
    clearTimeout(pongTimer);
    const wasClean = event instanceof CloseEvent && event.code === CLEAN_CLOSE;
    if (!wasClean && !state.value.isLost) state.value = { isLost: true, lostAt: Date.now() };
  });
  client.on('ping', (received) => {
    if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_MS);
  });
  // Whatever arrives proves that the link is alive, also when a flood stands before the pong.
  client.on('message', () => clearTimeout(pongTimer));
  return client;
}
