// What keeps a server from starting is told in one sentence, with what to do, and without a stack.
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { musterProcess, type Ended, type MusterProcess } from '../../support/muster-process.ts';
import { testHosts } from '../../support/sshd.ts';

/** Each test starts one or two servers, which takes its time on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: MusterProcess;
let hosts: ReturnType<typeof testHosts>;

beforeAll(async () => {
  hosts = testHosts();
  const portfolio = 'services:\n  - { key: mail, name: Mail, tier: 3, operatedBy: it }\n';
  server = await musterProcess({ portfolio, people: { carla: ['coordinator'] }, sshKey: hosts.privateKey });
});
afterAll(async () => {
  await server.remove();
  await hosts.close();
});

function expectSentence({ code, said }: Ended, sentence: RegExp): void {
  expect([code, said]).toEqual([1, expect.stringMatching(sentence)]);
  expect(said).not.toMatch(/\n +at /);
}

it.concurrent('a busy port is told by its number', async () => {
  const squatter = createServer().listen(server.port, '127.0.0.1');
  await once(squatter, 'listening');
  const ended = await server.startsInVain();
  squatter.close();
  expectSentence(ended, new RegExp(`^Port ${server.port} is in use by another program\\. Stop it, or set MUSTER_PORT to a free port\\.\\n$`));
});

it.concurrent('a key for hosts that cannot be read is told by its file', async () => {
  const file = join(server.folder, 'not-a-key');
  writeFileSync(file, 'a shopping list\n');
  expectSentence(
    await server.startsInVain({ MUSTER_SSH_KEY: file }),
    new RegExp(`^Muster's private key for SSH cannot be read: .* Set MUSTER_SSH_KEY .* it is ${file} now\\.\\n$`),
  );
  const folder = server.folder;
  expectSentence(await server.startsInVain({ MUSTER_SSH_KEY: folder }), new RegExp(`^The SSH key ${folder} can neither be read nor made \\(EISDIR`));
});

it.concurrent('channels that cannot be used, and a key of secrets that others can read, are told by their file', async () => {
  const file = join(server.folder, 'channels.yaml');
  writeFileSync(file, 'chat: {webhook: "t0p-s3cret"}\n');
  const ended = await server.startsInVain({ MUSTER_CHANNELS: file });
  expectSentence(ended, new RegExp(`^${file}: the webhook of channel chat is no http or https address\\.\\n$`));
  expect(ended.said).not.toContain('t0p-s3cret');
  const data = join(server.folder, 'other-data');
  mkdirSync(data);
  writeFileSync(join(data, 'secret.key'), 'x'.repeat(32), { mode: 0o644 });
  expectSentence(await server.startsInVain({ MUSTER_DATA: data }), new RegExp(`^${data}/secret\\.key can be read by other users .*chmod 600`));
});

it.concurrent('an address that this machine has not is told', async () => {
  const elsewhere = { MUSTER_HOST: '192.0.2.1', MUSTER_PUBLIC_URL: 'https://muster.example.org' };
  expectSentence(await server.startsInVain(elsewhere), /^Muster cannot listen at 192\.0\.2\.1, port \d+ \(.*EADDRNOTAVAIL.*\)\. Set MUSTER_HOST/);
});

it('a database that another server has open is told by its file', async () => {
  await server.start();
  const ended = await server.startsInVain();
  expect(await server.terminate()).toBe(0);
  expectSentence(ended, /^The database \S+muster\.db is in use by another process \(number \d+ on \S+, since \S+ \S+ UTC\)\. Stop the other Muster/);
});

it('a database of a newer version is left as it is', async () => {
  const file = join(server.folder, 'muster.db');
  const database = new BetterSqlite3(file);
  database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-the-future', new Date().toISOString());
  database.close();
  expectSentence(
    await server.startsInVain(),
    /^The database \S+muster\.db was written by a newer Muster \(it has migration 9999-the-future.*Start that version, or restore a backup\.\n$/,
  );
});
