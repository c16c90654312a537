// What the global stop holds back in a drill.
import type { Effect } from './effects.ts';
import type { DrillState } from './state.ts';

/**
 * Whether something new would begin, so that the drill is to be paused first. An abort goes on: it puts back, or lets end. A drill that is
 * paused already starts nothing.
 */
export function isHeldByStop(state: DrillState, due: readonly Effect[]): boolean {
  if (state.abort !== null || (state.run !== 'running' && state.run !== 'needs-decision')) return false;
  return due.some(beginsSomething);
}

function beginsSomething(effect: Effect): boolean {
  if (effect.type === 'record') return effect.event.type === 'step-waiting' || effect.event.type === 'sleep-started';
  return effect.type === 'launch';
}
