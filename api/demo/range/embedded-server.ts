// SSH servers within this process, for machines without OpenSSH: real SSH, real commands, the same hosts.
import { timingSafeEqual } from 'node:crypto';
import ssh2, { type AuthContext, type Connection, type ParsedKey } from 'ssh2';
import { runOnHost } from './embedded-command.ts';
import type { SshServers } from './ssh-servers.ts';
import type { SshFolder, SshHost } from './range-folder.ts';

/** Starts a server for each host. */
export async function startEmbedded(folder: SshFolder): Promise<SshServers> {
  const connections = new Set<Connection>();
  const servers = await Promise.all(folder.hosts.map((host) => listen(folder, host, connections)));
  return {
    kind: 'embedded',
    async stop() {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const connection of connections) connection.end();
      await Promise.all(closed);
    },
  };
}

function listen(folder: SshFolder, host: SshHost, connections: Set<Connection>): Promise<ssh2.Server> {
  const clientKey = parsed(folder.clientKey.public);
  const server = new ssh2.Server({ hostKeys: [host.hostKey.private] }, (connection) => {
    connections.add(connection);
    connection.on('authentication', (attempt) => judge(attempt, folder.user, clientKey));
    connection.on('session', (accept) => {
      const session = accept();
      session.on('exec', (acceptExec, _reject, { command }) => runOnHost(host, { command, session, channel: acceptExec() }));
    });
    // A connection that breaks takes its commands with it (their channels close); there is nobody to tell.
    connection.on('error', () => undefined);
    connection.on('close', () => connections.delete(connection));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(host.sshPort, '127.0.0.1', () => resolve(server));
  });
}

function judge(attempt: AuthContext, user: string, clientKey: ParsedKey): void {
  if (attempt.method !== 'publickey' || attempt.username !== user || !isSame(attempt.key.data, clientKey.getPublicSSH())) {
    attempt.reject(['publickey']);
    return;
  }
  const { blob, signature } = attempt;
  const isProbe = blob === undefined || signature === undefined;
  // An Error comes back, not thrown, for a signature that cannot be read.
  const isSigned: unknown = isProbe || clientKey.verify(blob, signature, attempt.hashAlgo);
  if (isSigned === true) attempt.accept();
  else attempt.reject(['publickey']);
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function parsed(key: string): ParsedKey {
  const result = ssh2.utils.parseKey(key);
  if (result instanceof Error) throw result;
  return result;
}
