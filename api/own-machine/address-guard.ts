// Decides which address a request of a runbook goes to. The address that is connected to is the one that was checked.
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { bareHost, isNamed, type AllowedPlace } from './allowed-places.ts';

/** The machine itself, its own link (where clouds keep their keys), and what no single host has. IPv4 inside IPv6 is covered by the list itself. */
const REFUSED = refusedAddresses();

export type Checked =
  | { readonly kind: 'free'; readonly addresses: readonly string[] }
  /** A sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Rejects with what the name server said when the name has no address. */
export async function checkedAddresses(places: readonly AllowedPlace[], host: string, port: number): Promise<Checked> {
  const bare = bareHost(host);
  const mayBeNear = isNamed(places, bare, port);
  if (places.length > 0 && !mayBeNear) return refused(host, port, 'is not among the places that MUSTER_HTTP_ALLOW names');
  const found = isIP(bare) === 0 ? (await lookup(bare, { all: true })).map(({ address }) => address) : [bare];
  const addresses = mayBeNear ? found : found.filter((address) => !isRefused(address));
  if (addresses.length > 0) return { kind: 'free', addresses };
  return refused(host, port, `is ${found.join(', ')}: this machine itself, or its own link. Where that is meant, name it in MUSTER_HTTP_ALLOW`);
}

function refused(host: string, port: number, why: string): Checked {
  return { kind: 'refused', reason: `Nothing was sent: ${host}:${port} ${why}.` };
}

function isRefused(address: string): boolean {
  // What no address is, such as one with a zone, is not tried out.
  const family = isIP(address.split('%')[0] ?? '');
  return family === 0 || REFUSED.check(address.split('%')[0] ?? '', family === 4 ? 'ipv4' : 'ipv6');
}

function refusedAddresses(): BlockList {
  const list = new BlockList();
  for (const [network, bits] of [
    ['0.0.0.0', 8],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['224.0.0.0', 4],
    ['255.255.255.255', 32],
  ] as const) {
    list.addSubnet(network, bits, 'ipv4');
    // The same as NAT64 and 6to4 write it.
    const [a = 0, b = 0, c = 0, d = 0] = network.split('.').map(Number);
    const hex = [(a << 8) | b, (c << 8) | d].map((part) => part.toString(16)).join(':');
    list.addSubnet(`64:ff9b::${hex}`, 96 + bits, 'ipv6');
    list.addSubnet(`2002:${hex}::`, 16 + bits, 'ipv6');
  }
  for (const [network, bits] of [
    ['::', 127], // unspecified and loopback
    ['fe80::', 10],
    ['fd00:ec2::254', 128], // a cloud's keys, on a unique local address
    ['ff00::', 8],
  ] as const)
    list.addSubnet(network, bits, 'ipv6');
  return list;
}
