// Which places runbooks may reach: the list of the installation, and what is refused without one.
import { describe, expect, it } from 'vitest';
import { checkedAddresses } from '../../../api/own-machine/address-guard.ts';
import { isNamed, readAllowedPlaces, type AllowedPlace } from '../../../api/own-machine/allowed-places.ts';

function places(list: string): readonly AllowedPlace[] {
  const read = readAllowedPlaces(list);
  if ('wrong' in read) throw new Error(`wrong: ${read.wrong}`);
  return read.places;
}

describe('the list of places', () => {
  it('names hosts, hosts with ports, and any label by a star', () => {
    const list = places(' api.example.org , *.shop.example.org:8443,10.0.0.5, [::1]:80 ,fd00::7');
    const named = (host: string, port: number): boolean => isNamed(list, host, port);
    expect([named('api.example.org', 80), named('API.example.org.', 443), named('[fd00::7]', 1), named('10.0.0.5', 22)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([named('eu.shop.example.org', 8443), named('[::1]', 80)]).toEqual([true, true]);
    expect([named('eu.shop.example.org', 443), named('a.b.shop.example.org', 8443), named('shop.example.org', 8443)]).toEqual([false, false, false]);
    expect([named('api.example.org.evil.org', 80), named('xapi.example.org', 80), named('[::1]', 81)]).toEqual([false, false, false]);
  });

  it('says which entry is none', () => {
    for (const wrong of ['https://a.org', 'a.org:0', 'a.org:70000', 'a b', 'a/8']) expect(readAllowedPlaces(`ok.org,${wrong}`)).toEqual({ wrong });
    expect(readAllowedPlaces('')).toEqual({ places: [] });
  });
});

describe('an address', () => {
  const NEAR = [
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '169.254.169.254',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    'localhost',
  ];

  it.each(NEAR)('%s is refused unless the list names it', async (host) => {
    const url = new URL(`http://${host.includes(':') ? `[${host}]` : host}/`).hostname;
    expect(await checkedAddresses([], url, 80)).toMatchObject({ kind: 'refused' });
  });

  it.each(['2130706433', '0x7f.1', '0177.0.0.1', '127.1', '127.0.0.1.'])('%s is seen through: URLs write it as 127.0.0.1', async (host) => {
    expect(await checkedAddresses([], new URL(`http://${host}/`).hostname, 80)).toMatchObject({ kind: 'refused' });
  });

  it.each(['10.1.2.3', '192.168.1.1', '8.8.8.8', 'fd12::1', '2a00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1'])('%s is free', async (host) => {
    expect(await checkedAddresses([], host, 80)).toEqual({ kind: 'free', addresses: [host] });
  });

  it('of this machine is free when the list names it, and all else is not any more', async () => {
    const list = places('localhost:8080,127.0.0.1');
    expect(await checkedAddresses(list, 'localhost', 8080)).toMatchObject({ kind: 'free' });
    expect(await checkedAddresses(list, '127.0.0.1', 1)).toEqual({ kind: 'free', addresses: ['127.0.0.1'] });
    expect(await checkedAddresses(list, 'localhost', 8081)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('MUSTER_HTTP_ALLOW') });
    expect(await checkedAddresses(list, '8.8.8.8', 80)).toMatchObject({ kind: 'refused' });
  });
});
