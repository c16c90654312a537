// Pinning the keys by which a host is known: a new one after the host was set up anew, or one fewer.
import type { Host } from '../domain/catalogue/portfolio.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import { isFingerprint } from '../domain/catalogue/fingerprint.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { checkAndKeep } from './check-hosts.ts';
import { requireText } from './required-text.ts';

/** A server has one key of each kind, and twice that while it changes over; more is a list that nobody has compared. */
const MOST_KEYS = 8;

export interface PinningRequest {
  readonly host: string;
  /** All that the host may show from now on; none leaves it to be pinned again. */
  readonly hostKeys: readonly string[];
  /** Those that the person saw as pinned. */
  readonly was: readonly string[];
  readonly reason: string;
}

/**
 * Refused with CONFLICT when somebody changed the pins meanwhile; asking for what is pinned already changes nothing. Drills that have begun go by
 * the keys of their frozen plan. The host is looked at afterwards, so what is known of it fits its keys.
 */
export async function pinHostKeys(app: App, actor: Actor | null, request: PinningRequest): Promise<Result<Host>> {
  const denied = deny(actor, 'hosts.pin');
  if (denied !== null) return { ok: false, refusal: denied };
  const { host: key } = request;
  const hostKeys = [...new Set(request.hostKeys.map((one) => one.trim()))];
  const reason = requireText(request.reason, 'reason');
  if (!reason.ok) return reason;
  const fault = faultOf(hostKeys);
  if (fault !== null) return refused('INVALID_INPUT', fault, { field: 'hostKeys' });
  const pinned = await app.database.write(async (stores): Promise<Result<{ readonly isChanged: boolean }>> => {
    const [host] = await stores.portfolio.hosts([key]);
    if (host === undefined) return refused('NOT_FOUND', `There is no host "${key}".`, { field: 'host' });
    if (isSame(host.hostKeys, hostKeys)) return done({ isChanged: false });
    if (!isSame(host.hostKeys, request.was)) {
      return refused('CONFLICT', `The keys of ${key} were changed by somebody else meanwhile. Look at them again before you change them.`);
    }
    const at = app.clock();
    const by = actor?.name ?? null;
    await stores.portfolio.pinHostKeys(key, hostKeys, { address: null, pin: { at, by } });
    const data = { from: host.hostKeys, to: hostKeys, reason: reason.value };
    await stores.history.append({ at, by, type: 'host.pinned', subject: key, data });
    return done({ isChanged: true });
  });
  if (!pinned.ok) return pinned;
  const hosts = await app.database.stores.portfolio.hosts([key]);
  if (pinned.value.isChanged) await checkAndKeep(app, hosts);
  const [host] = hosts;
  return host === undefined ? refused('NOT_FOUND', `Host "${key}" has left the portfolio meanwhile.`, { field: 'host' }) : done(host);
}

function faultOf(hostKeys: readonly string[]): string | null {
  if (hostKeys.length > MOST_KEYS) return `A host has at most ${MOST_KEYS} pinned keys. Leave out those that it no longer has.`;
  const wrong = hostKeys.find((one) => !isFingerprint(one));
  if (wrong === undefined) return null;
  return `"${wrong}" is no fingerprint of a host key. Copy it as ssh-keygen -lf shows it: SHA256 and 43 characters.`;
}

/** In any order. */
function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
