// The unit of all ratios: one loop over ssh2 for each host, which execs on an open connection with TCP_NODELAY set.
import { connect } from 'node:net';
import { once } from 'node:events';
import { Client } from 'ssh2';
import type { PlanHost } from '../../../api/domain/drill/plan.ts';
import { seconds, type Contender, type Fleet, type Workload } from './work.ts';

export const bareLoop: Contender = {
  name: 'ssh2 loop (unit)',
  workloads: new Set(['one-host', 'many-hosts', 'fan-out', 'flood']),
  run: (fleet, workload) => seconds(() => runAll(fleet, workload)),
};

async function runAll({ hosts, privateKey }: Fleet, { hosts: count, commands, command }: Workload): Promise<void> {
  await Promise.all(
    hosts.slice(0, count).map(async ({ host }) => {
      const client = await open(host, privateKey);
      for (let done = 0; done < commands; done += 1) await exec(client, command);
      client.end();
    }),
  );
}

async function open(host: PlanHost, privateKey: string): Promise<Client> {
  const sock = connect({ host: host.address, port: host.port });
  sock.on('connect', () => sock.setNoDelay(true));
  const client = new Client();
  client.connect({
    sock,
    username: host.user,
    privateKey,
    authHandler: ['publickey'],
    algorithms: { kex: ['curve25519-sha256'], serverHostKey: ['ssh-ed25519'], cipher: ['aes128-gcm@openssh.com'], compress: ['none'] },
  });
  await once(client, 'ready');
  return client;
}

function exec(client: Client, command: string): Promise<void> {
  return new Promise((settle, fail) => {
    client.exec(command, (error, channel) => {
      if (error !== undefined) {
        fail(error);
        return;
      }
      channel.resume();
      channel.stderr.resume();
      channel.on('close', (code: number | null) => (code === 0 ? settle() : fail(new Error(`exit code ${code}`))));
    });
  });
}
