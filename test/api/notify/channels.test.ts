// Messages to channels: a real HTTP server and a real SMTP server take them.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChannels, type Channels } from '../../../api/notify/channels.ts';
import { readChannels } from '../../../api/notify/read-channels.ts';

let folder: string;
let web: Server;
let smtp: SMTPServer;
let channels: Channels;
let status = 200;
let hooks: { readonly path: string | undefined; readonly type: string | undefined; readonly body: string }[] = [];
let mails: { readonly from: string; readonly to: readonly string[]; readonly text: string }[] = [];

const never = new AbortController().signal;
const urlOf = (server: Server): string => `http://127.0.0.1:${portOf(server)}`;

function portOf(server: Pick<Server, 'address'>): number {
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('The server has no port.');
  return at.port;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-channels-'));
  web = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      hooks.push({ path: request.url, type: request.headers['content-type'], body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { location: '/elsewhere' }).end('ok');
    });
  });
  smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'muster' && password === 's/cret' ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? new Error('no such box') : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  await Promise.all([once(web.listen(0, '127.0.0.1'), 'listening'), once(smtp.listen(0, '127.0.0.1'), 'listening')]);
  channels = await open({ password: 's%2Fcret' });
});
afterAll(async () => {
  await Promise.all([new Promise((settle) => web.close(settle)), new Promise<void>((settle) => smtp.close(settle))]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  status = 200;
  hooks = [];
  mails = [];
});

function open({ password }: { readonly password: string }): Promise<Channels> {
  const file = join(folder, 'channels.yaml');
  const port = portOf(smtp.server);
  writeFileSync(
    file,
    `chat:\n  webhook: ${urlOf(web)}/hooks/t0p-s3cret\n` +
      'ops:\n  mail: {to: [a@example.org, b@example.org], from: muster@example.org}\n' +
      'gone:\n  mail: {to: gone@example.org, from: muster@example.org}\n',
  );
  return openChannels({ file, smtpUrl: `smtp://muster:${password}@127.0.0.1:${port}` });
}

describe('a message', () => {
  it('to a webhook is posted as JSON', async () => {
    expect(await channels.post('chat', 'Drill DR-7 "begins"\nnow', never)).toBeNull();
    expect(hooks).toEqual([{ path: '/hooks/t0p-s3cret', type: 'application/json', body: '{"text":"Drill DR-7 \\"begins\\"\\nnow"}' }]);
  });

  it('by mail reaches every address, and its first line is the subject', async () => {
    expect(await channels.post('ops', 'Drill DR-7 begins\r\nBcc: c@example.org\nAll hands.', never)).toBeNull();
    expect(mails).toMatchObject([{ from: 'muster@example.org', to: ['a@example.org', 'b@example.org'] }]);
    expect(mails[0]?.text).toMatch(/^Subject: Drill DR-7 begins\r$/m);
    const [head = '', body = ''] = mails[0]?.text.split('\r\n\r\n') ?? [];
    expect(head).not.toContain('Bcc');
    expect(body).toContain('All hands.');
  });

  it('to the drill itself goes nowhere else', async () => {
    expect(await channels.post('drill', 'noted', never)).toBeNull();
    expect([hooks, mails]).toEqual([[], []]);
  });

  it('that was not taken says why, without what is secret about the channel', async () => {
    const wrong = await open({ password: 'wr0ng-pass' });
    status = 500;
    const said = [
      await channels.post('chat', 'x', never),
      await channels.post('gone', 'x', never),
      await wrong.post('ops', 'x', never),
      await channels.post('nobody', 'x', never),
    ];
    expect(said).toEqual([
      'The message did not reach channel chat: its webhook answered with status 500.',
      expect.stringMatching(/^The message did not reach channel gone: the mail server did not take it \(EENVELOPE, 550\)\.$/),
      expect.stringMatching(/^The message did not reach channel ops: the mail server did not take it \(EAUTH, 535\)\.$/),
      'There is no channel nobody. Add it to the file that MUSTER_CHANNELS names.',
    ]);
    expect(JSON.stringify(said)).not.toMatch(/s3cret|127\.0\.0\.1|wr0ng/);
  });

  it('is not carried on to where a webhook points', async () => {
    status = 302;
    expect(await channels.post('chat', 'x', never)).toMatch(/status 302/);
    expect(hooks).toHaveLength(1);
  });

  it('ends when it is cancelled', async () => {
    expect(await channels.post('chat', 'x', AbortSignal.abort())).toMatch(/could not be reached \(AbortError\)/);
    expect(hooks).toEqual([]);
  });
});

describe('the file of channels', () => {
  it('may be missing: then there is the drill alone', async () => {
    expect([...(await openChannels({ file: null, smtpUrl: null })).names]).toEqual(['drill']);
    expect([...channels.names]).toEqual(['drill', 'chat', 'ops', 'gone']);
  });

  it('that cannot be read keeps Muster from starting', async () => {
    await expect(openChannels({ file: join(folder, 'nothing.yaml'), smtpUrl: null })).rejects.toThrow(/MUSTER_CHANNELS/);
  });

  it('with mail needs a server for it', async () => {
    await open({ password: 'x' });
    await expect(openChannels({ file: join(folder, 'channels.yaml'), smtpUrl: null })).rejects.toThrow(/MUSTER_SMTP_URL/);
  });

  it.each([
    ['a: [', /line 1/],
    ['- a', /is no map/],
    ['drill: {webhook: "https://a.example.org"}', /own record/],
    ['Big Name: {webhook: "https://a.example.org"}', /lower-case/],
    ['a: {}', /one of webhook and mail/],
    ['a: {webhook: "https://x.example.org", mail: {}}', /one of webhook and mail/],
    ['a: {web: x}', /unknown key "web"/],
    ['a: {webhook: "ftp://t0p-s3cret"}', /no http or https address/],
    ['a: {mail: {to: t0p-s3cret, from: a@b}}', /needs to/],
    ['a: {mail: {to: a@b}}', /needs from/],
    ['a: {mail: {to: a@b, from: a@b, bcc: c@d}}', /unknown key "bcc"/],
  ])('is refused with a sentence: %s', (text, sentence) => {
    const read = readChannels(text, 'channels.yaml');
    expect('problems' in read && read.problems.join('\n')).toMatch(sentence);
    expect(JSON.stringify(read)).not.toContain('t0p-s3cret');
  });

  it('may be empty', () => {
    expect(readChannels('# none yet\n', 'channels.yaml')).toEqual({ channels: [] });
  });
});
