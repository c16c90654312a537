// News that scores have moved: one subscription for the app, handed to whichever pages listen.
import { createEventHook, tryOnScopeDispose } from '@vueuse/core';
import type { ResultOf } from '../graphql/graphql.ts';
import { ScoreChanges } from '../graphql/services.ts';
import { onReconnect, subscribe } from '../graphql/socket.ts';

export type ScoreChange = ResultOf<typeof ScoreChanges>['scoreChanges'];

const changed = createEventHook<ScoreChange | null>();

/** Opens the subscription for as long as the calling component lives. */
export function provideScoreChanges(): void {
  const stop = subscribe(ScoreChanges, {}, ({ scoreChanges }) => void changed.trigger(scoreChanges));
  // What moved while the link was down is not told again: read everything.
  const stopReconnect = onReconnect(() => void changed.trigger(null));
  tryOnScopeDispose(() => {
    stop();
    stopReconnect();
  });
}

/** Calls back for every change, and with null when changes may have been missed. */
export function onScoreChange(callback: (change: ScoreChange | null) => void): void {
  const { off } = changed.on(callback);
  tryOnScopeDispose(off);
}
