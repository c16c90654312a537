// The two sites keep what their disks hold: they start again as they were left.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSites, type Sites } from '../../../api/demo/range/sites/sites.ts';
import { RangeClient } from './range-client.ts';

const ONLY = ['cache-ham', 'cache-muc', 'ns'];
const ADDRESS = 'dig +short @127.0.0.1 www.harbour.example A';
const MOVE = `printf 'server 127.0.0.1\\nupdate delete www.harbour.example A\\nupdate add www.harbour.example 10 A 192.0.2.99\\nsend\\n' | nsupdate -k dr.key`;

describe('The two sites', { timeout: 60_000 }, () => {
  let folder: string;
  let sites: Sites | null = null;
  let ssh: RangeClient;
  const start = async (): Promise<void> => {
    sites = await startSites({ folder, only: ONLY });
    ssh = new RangeClient(sites);
  };
  const stop = async (): Promise<void> => {
    await ssh.close();
    await sites?.stop();
    sites = null;
  };

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-sites-')));
  });
  afterEach(async () => {
    if (sites !== null) await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('start as they were left', async () => {
    await start();
    const [before] = sites?.hosts ?? [];
    await ssh.get('cache-ham', 'redis-cli -e set kept yes');
    await ssh.get(
      'cache-muc',
      'until redis-cli -e get kept | grep -q yes; do sleep 0.05; done; redis-cli -e replicaof no one; redis-cli -e config rewrite',
    );
    expect(await ssh.get('ns', `${MOVE}; ${ADDRESS}`)).toBe('192.0.2.99');
    await stop();

    await start();
    expect(sites?.hosts[0]).toEqual(before);
    expect(await ssh.get('cache-muc', 'redis-cli -e role | head -n 1; redis-cli -e get kept')).toBe('master\nyes');
    expect(await ssh.get('ns', ADDRESS)).toBe('192.0.2.99');
  });
});
