// A link to PostgreSQL that can be cut just when a commit has been carried out and its answer is on the way, or just before it is sent.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface PostgresProxy {
  /** The same database by way of this link. */
  readonly url: string;
  /** `answer`: the server has committed, and nobody hears of it. `commit`: it never gets there. Null: the link holds. */
  cutAt(place: 'answer' | 'commit' | null, isDue?: (commit: number) => boolean): void;
  /** Commits that were cut since `cutAt`. */
  cuts(): number;
  close(): Promise<void>;
}

/** A simple query (`Q`), four bytes of length, the text, a zero: as the driver ends a transaction. */
const COMMIT = Buffer.from('commit\0');

/** Of every commit. */
function always(_commit: number): boolean {
  return true;
}

export async function postgresProxy(target: string): Promise<PostgresProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let place: 'answer' | 'commit' | null = null;
  let isDue = always;
  let commits = 0;
  let cuts = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const end = (): void => void [client, upstream].map((socket) => socket.destroy());
    let isCut = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      if (place !== null && bytes.subarray(-COMMIT.length).equals(COMMIT) && isDue((commits += 1))) {
        cuts += 1;
        isCut = true;
        if (place === 'commit') return end();
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (isCut) end();
      else client.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('there is no port for the link to PostgreSQL');
  const url = new URL(target);
  url.port = String(address.port);
  return {
    url: url.href,
    cutAt(where, due = always) {
      [place, isDue, commits, cuts] = [where, due, 0, 0];
    },
    cuts: () => cuts,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
