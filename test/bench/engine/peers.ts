// Other tools that run commands over SSH, as far as they are installed on this machine; each in the way that its manual calls fast.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seconds, type Contender, type Fleet, type Workload } from './work.ts';

interface Peer {
  readonly name: string;
  readonly needs: string;
  /** Shell text for `bash -eu`, with the files of `prepare` in the working folder. */
  readonly script: (workload: Workload) => string;
  readonly env?: Readonly<Record<string, string>>;
}

const SHARED = '-o ControlMaster=auto -o ControlPath="$PWD/%C" -o ControlPersist=120';
const repeat = ({ commands }: Workload, line: string): string => `for i in $(seq ${commands}); do ${line} </dev/null >/dev/null; done`;

const PEERS: readonly Peer[] = [
  {
    name: 'OpenSSH, shared connection',
    needs: 'ssh',
    script: (work) =>
      `pids=; while read -r h; do ( ssh -F ssh_config ${SHARED} -fN "$h"; ${repeat(work, `ssh -F ssh_config ${SHARED} "$h" "$COMMAND"`)} ) & pids="$pids $!"; done <hosts; for p in $pids; do wait $p; done`,
  },
  {
    name: 'pssh, shared connection',
    needs: 'parallel-ssh',
    script: (work) => repeat(work, `parallel-ssh -h hosts -p 50 -t 0 -x "-F $PWD/ssh_config ${SHARED.replaceAll('"', '')}" "$COMMAND"`),
  },
  {
    name: 'clush, shared connection',
    needs: 'clush',
    script: (work) =>
      repeat(
        work,
        `clush -q -S -f 64 -w "$(paste -sd, hosts)" -o "-F $PWD/ssh_config ${SHARED.replaceAll('"', '').replace('%C', '%%C')}" "$COMMAND"`,
      ),
  },
  { name: 'ansible, as it comes', needs: 'ansible-playbook', script: playbook, env: {} },
  {
    name: 'ansible, pipelining',
    needs: 'ansible-playbook',
    script: playbook,
    env: { ANSIBLE_FORKS: '50', ANSIBLE_PIPELINING: 'True', ANSIBLE_SSH_ARGS: '-o ControlMaster=auto -o ControlPersist=120s' },
  },
  {
    name: 'ansible, mitogen',
    needs: 'mitogen',
    script: playbook,
    env: { ANSIBLE_FORKS: '50', ANSIBLE_STRATEGY: 'mitogen_linear', ANSIBLE_TIMEOUT: '60', ANSIBLE_HOST_KEY_CHECKING: 'False' },
  },
];

/** Those that are here. Ansible needs minutes for the long workloads, so it gets a tenth of the commands and is counted ten times. */
export function peers(): readonly Contender[] {
  return PEERS.filter(({ needs }) => isHere(needs)).map((peer) => ({
    name: peer.name,
    workloads: new Set(['one-host', 'many-hosts', 'fan-out']),
    run: async (fleet, workload) => {
      const share = peer.needs === 'ssh' || workload.commands === 1 ? 1 : 10;
      return (await runPeer(peer, fleet, { ...workload, commands: workload.commands / share })) * share;
    },
  }));
}

function isHere(program: string): boolean {
  // Of the Python that ansible runs on, which its first line names: "#! /usr/bin/env python3", for one.
  const look =
    program === 'mitogen' ? '$(head -n 1 "$(command -v ansible-playbook)" | cut -c 3-) -c "import ansible_mitogen"' : `command -v ${program}`;
  try {
    execFileSync('bash', ['-c', look], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function runPeer(peer: Peer, fleet: Fleet, workload: Workload): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'peer-'));
  prepare(folder, fleet, workload);
  try {
    return await seconds(async () => {
      const env = { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder, COMMAND: workload.command, ...ansibleEnv(folder), ...peer.env };
      const child = spawn('bash', ['-euc', peer.script(workload)], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`${peer.name} ended with ${code}: ${said}`);
    });
  } finally {
    execFileSync('bash', [
      '-c',
      `for s in ${folder}/* ${folder}/.ansible/cp/*; do [ -S "$s" ] && ssh -F /dev/null -o ControlPath="$s" -O exit x 2>/dev/null; done; true`,
    ]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function ansibleEnv(folder: string): Readonly<Record<string, string>> {
  return { ANSIBLE_LOCAL_TEMP: join(folder, 'tmp'), ANSIBLE_RETRY_FILES_ENABLED: '0', ANSIBLE_NOCOLOR: '1', ANSIBLE_DEPRECATION_WARNINGS: 'False' };
}

function playbook(): string {
  return 'ansible-playbook -i inventory.ini play.yml >out || { tail -n 20 out >&2; exit 1; }';
}

function prepare(folder: string, { hosts, folder: keys }: Fleet, workload: Workload): void {
  const taking = hosts.slice(0, workload.hosts).map(({ host }) => host);
  const config = taking.map(
    ({ key, address, port, user }) =>
      `Host ${key}\n  HostName ${address}\n  Port ${port}\n  User ${user}\n  IdentityFile ${join(keys, 'client')}\n  IdentitiesOnly yes\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n`,
  );
  writeFileSync(join(folder, 'ssh_config'), config.join('\n'));
  writeFileSync(join(folder, 'hosts'), taking.map(({ key }) => `${key}\n`).join(''));
  const lines = taking.map(
    ({ key, address, port, user }) =>
      `${key} ansible_host=${address} ansible_port=${port} ansible_user=${user} ansible_ssh_private_key_file=${join(keys, 'client')} ansible_ssh_common_args='-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR' ansible_python_interpreter=/usr/bin/python3`,
  );
  writeFileSync(join(folder, 'inventory.ini'), `[lab]\n${lines.join('\n')}\n`);
  const tasks = Array.from({ length: workload.commands }, (_, index) => `    - name: step ${index}\n      shell: '${workload.command}'\n`);
  writeFileSync(join(folder, 'play.yml'), `- hosts: lab\n  gather_facts: false\n  tasks:\n${tasks.join('')}`);
}
