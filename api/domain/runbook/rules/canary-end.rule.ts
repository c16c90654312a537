// The canary's marker is read at some time.
import type { Finding } from '../place.ts';
import type { RuleContext } from './rule.ts';

export function canaryEndRule({ raw }: RuleContext): readonly Finding[] {
  if (raw.canary === undefined || raw.canary.readAfter !== undefined || Object.hasOwn(raw.clocks ?? {}, 'recovery')) return [];
  const message = 'The canary is never read: it has no `readAfter`, and there is no clock `recovery`.';
  return [{ code: 'canary-never-read', path: ['canary'], at: 'key', message, remedy: 'Add `readAfter:` with a step, or a clock `recovery`.' }];
}
