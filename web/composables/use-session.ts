// Who is signed in. Loaded once before the first page, and again after signing in or out.
import type { Client } from '@urql/vue';
import { readonly, shallowRef } from 'vue';
import type { ResultOf } from '../graphql/graphql.ts';
import { ViewerQuery } from '../graphql/session.ts';
import { closeSocket } from '../graphql/socket.ts';

export type Viewer = NonNullable<ResultOf<typeof ViewerQuery>['viewer']>;
export type About = ResultOf<typeof ViewerQuery>['about'];

const viewer = shallowRef<Viewer | null>(null);
const about = shallowRef<About | null>(null);
const isLoaded = shallowRef(false);

/** The session as every page sees it. */
export function useSession() {
  return { viewer: readonly(viewer), about: readonly(about), isLoaded: readonly(isLoaded) };
}

/** Asks the server who is signed in. False when the server could not be reached. */
export async function loadSession(client: Client): Promise<boolean> {
  const { data } = await client.query(ViewerQuery, {}, { requestPolicy: 'network-only' }).toPromise();
  if (!data) return false;
  if (viewer.value?.name !== data.viewer?.name) closeSocket();
  viewer.value = data.viewer;
  about.value = data.about;
  isLoaded.value = true;
  return true;
}

/** Forgets the session on this side: after signing out, or when the server no longer knows it. */
export function forgetSession(): void {
  viewer.value = null;
  closeSocket();
}
