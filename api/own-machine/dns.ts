// Asks a name server, past the machine's own cache and hosts file: the answers are the output, a line each, sorted.
import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { RemoteOutcome } from '../application/ports.ts';
import type { DnsAction } from '../domain/runbook/runbook.ts';
import { ending, type Errand } from './http.ts';
import { Deadline, reasonOf } from './report.ts';

/** A packet can get lost; the step's own time ends it in any case. */
const ASK_TIMEOUT_MS = 2_000;
const ASK_TRIES = 4;
const DNS_PORT = 53;

/** Rejects only when the sink does. */
export async function lookUp(action: DnsAction, { timeoutMs, report, signal }: Omit<Errand, 'places'>): Promise<RemoteOutcome> {
  const deadline = new Deadline(timeoutMs, signal);
  const resolver = new Resolver({ timeout: ASK_TIMEOUT_MS, tries: ASK_TRIES });
  deadline.signal.addEventListener('abort', () => resolver.cancel());
  try {
    await report.launched();
    if (action.server !== null) resolver.setServers([await ending(addressOf(action.server), deadline.signal)]);
    const answers = await ending(ask(resolver, action), deadline.signal);
    for (const line of answers.toSorted()) await report.line('stdout', line);
    return { kind: 'exited', exitCode: 0 };
  } catch (error) {
    if (report.hasFailed) throw error;
    if (deadline.stopped !== null) return { kind: deadline.stopped };
    const where = action.server === null ? '' : ` at ${action.server}`;
    return report.failed(`${action.name} ${action.recordType} could not be looked up${where}: ${reasonOf(error)}`);
  } finally {
    deadline.clear();
  }
}

/** As the resolver wants it: `address:port`, an IPv6 address in brackets. A name is looked up first. */
async function addressOf(server: string): Promise<string> {
  const parts = isIP(server) === 6 ? null : /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(server);
  const host = parts?.[1] ?? parts?.[2] ?? server;
  const address = isIP(host) === 0 ? (await lookup(host)).address : host;
  return `${isIP(address) === 6 ? `[${address}]` : address}:${parts?.[3] ?? DNS_PORT}`;
}

async function ask(resolver: Resolver, { name, recordType }: DnsAction): Promise<readonly string[]> {
  switch (recordType) {
    case 'A':
      return resolver.resolve4(name);
    case 'AAAA':
      return resolver.resolve6(name);
    case 'CNAME':
      return resolver.resolveCname(name);
    case 'NS':
      return resolver.resolveNs(name);
    case 'PTR':
      return isIP(name) === 0 ? resolver.resolvePtr(name) : resolver.reverse(name);
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(''));
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case 'SRV':
      return (await resolver.resolveSrv(name)).map((one) => `${one.priority} ${one.weight} ${one.port} ${one.name}`);
    case 'SOA': {
      const soa = await resolver.resolveSoa(name);
      return [`${soa.nsname} ${soa.hostmaster} ${soa.serial} ${soa.refresh} ${soa.retry} ${soa.expire} ${soa.minttl}`];
    }
  }
}
