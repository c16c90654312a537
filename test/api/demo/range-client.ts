// A small SSH client for the tests of the practice range: one connection a host, scripts fed to sh, as the app does it.
import { once } from 'node:events';
import ssh2, { type Client } from 'ssh2';
import type { Range } from '../../../api/demo/range/range.ts';

export interface Answer {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class RangeClient {
  readonly #connections = new Map<string, Promise<Client>>();
  readonly #range: Pick<Range, 'hosts' | 'clientKey'>;

  constructor(range: Pick<Range, 'hosts' | 'clientKey'>) {
    this.#range = range;
  }

  /** Runs the script with `sh -eu` on the host, and resolves when the channel has closed. */
  async run(host: string, script: string): Promise<Answer> {
    return this.exec(host, 'sh -eu', script);
  }

  async exec(host: string, command: string, stdin = ''): Promise<Answer> {
    const client = await this.connection(host);
    return new Promise((resolve, reject) => {
      client.exec(command, (error, channel) => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        let stdout = '';
        let stderr = '';
        channel.setEncoding('utf8').on('data', (text: string) => (stdout += text));
        channel.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
        channel.on('close', (exitCode: number | null, signal: string | undefined) => resolve({ exitCode, signal: signal ?? null, stdout, stderr }));
        channel.end(stdin);
      });
    });
  }

  /** Runs it, throws when it fails, and gives back what it printed, trimmed. */
  async get(host: string, script: string): Promise<string> {
    const answer = await this.run(host, script);
    if (answer.exitCode !== 0) throw new Error(`"${script}" on ${host} ended with ${answer.exitCode}: ${answer.stderr}`);
    return answer.stdout.trim();
  }

  connection(key: string): Promise<Client> {
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const made = this.#connect(key);
    this.#connections.set(key, made);
    return made;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections.values()) {
      const client = await connection;
      const closed = once(client, 'close');
      client.end();
      await closed;
    }
  }

  async #connect(key: string): Promise<Client> {
    const host = this.#range.hosts.find((candidate) => candidate.key === key);
    if (host === undefined) throw new Error(`there is no host ${key}`);
    const client = new ssh2.Client();
    const ready = once(client, 'ready');
    client.connect({
      host: host.address,
      port: host.port,
      username: host.user,
      privateKey: this.#range.clientKey,
      hostHash: 'sha256',
      hostVerifier: (digest: string) => `SHA256:${Buffer.from(digest, 'hex').toString('base64').replace(/=+$/, '')}` === host.hostKey,
    });
    await ready;
    return client;
  }
}
