// Whoever a command talks to is known: neither host keys nor certificates are waved through.
import type { LintFinding, LintRule } from './lint-rule.ts';
import type { CommandAt } from './parts/commands.ts';
import type { Step } from '../runbook.ts';
import { hasOption, invocationOf } from './shell/shell-command.ts';
import type { ShellCommand } from './shell/shell-command.ts';

const SSH: ReadonlySet<string> = new Set(['ssh', 'scp', 'sftp', 'rsync', 'ssh-copy-id', 'git', 'autossh', 'mosh']);
const SSH_OPTION = /StrictHostKeyChecking[= ](?:no|off)\b|(?:User|Global)KnownHostsFile[= ]\/dev\/null/iu;
const LONG_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  curl: ['--insecure', '--proxy-insecure'],
  wget: ['--no-check-certificate'],
  kubectl: ['--insecure-skip-tls-verify'],
  helm: ['--insecure-skip-tls-verify'],
  docker: ['--tls-verify=false'],
  podman: ['--tls-verify=false'],
  http: ['--verify=no'],
  https: ['--verify=no'],
};
/** Variables that switch checks off, with the values that do so. */
const SWITCHES: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  GIT_SSL_NO_VERIFY: /^(?:1|true|yes)$/i,
  PYTHONHTTPSVERIFY: /^0$/,
  ANSIBLE_HOST_KEY_CHECKING: /^(?:false|no|0)$/i,
  VAULT_SKIP_VERIFY: /^(?:1|true|yes)$/i,
  GIT_SSH_COMMAND: SSH_OPTION,
};

export const unpinnedHost: LintRule = {
  code: 'unpinned-host',
  weight: 'warning',
  title: 'A host that could be any host',
  why: `In a failover names and addresses move, and that is when somebody else can take the place of a host. A command that switches off host keys
(\`StrictHostKeyChecking=no\`, \`UserKnownHostsFile=/dev/null\`) or certificates (\`curl -k\`, \`wget --no-check-certificate\`) would not notice. The
hosts in \`targets\` are pinned by Muster itself.`,
  remedy: 'Make the host a target, keep its key in known_hosts, or name the certificate (`curl --cacert`).',
  bad: `steps:
  - id: copy
    title: The journal is there
    check: ssh -o StrictHostKeyChecking=no db-2 ls journal
    on: db`,
  good: `targets:
  other: { host: db-2 }
steps:
  - id: copy
    title: The journal is there
    check: ls journal
    on: other`,
  check({ commands, steps }) {
    const ofCommands = commands.flatMap((command) => {
      const what = MAY_SWITCH_OFF.test(command.text) ? switchedOff(command) : null;
      return what === null ? [] : [finding(command, what)];
    });
    const ofEnvironments = steps.flatMap(({ step, path, by }) =>
      environmentOf(step)
        .filter(([name, value]) => switches(name, value))
        .map(([name, value]) => finding({ path: [...path, 'env', name], by }, `${name}=${value}`)),
    );
    return [...ofCommands, ...ofEnvironments];
  },
};

/** Spares reading the words of all other commands. */
const MAY_SWITCH_OFF = /HostsFile|HostKey|HOST_KEY|verify|certificate|insecure|reject|keyscan|\bcurl\b/iu;

function switchedOff({ parts }: CommandAt): string | null {
  for (const command of parts()) {
    const assignment = command.assignments.find(({ text }) => switches(text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)));
    if (assignment !== undefined) return assignment.text;
    const option = optionOf(command);
    if (option !== null) return option;
  }
  return null;
}

function optionOf(command: ShellCommand): string | null {
  const invocation = invocationOf(command);
  if (invocation === null) return null;
  const { name, args } = invocation;
  if (SSH.has(name)) {
    const line = args.map(({ text }) => text).join(' ');
    return SSH_OPTION.exec(line)?.[0] ?? /http\.sslVerify=(?:false|0)/i.exec(line)?.[0] ?? null;
  }
  if (name === 'export') return args.find(({ text }) => switches(text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)))?.text ?? null;
  if (name === 'curl' && hasOption(args, 'k', [])) return 'curl -k';
  const long = LONG_OPTIONS[name] ?? [];
  return long.find((option) => args.some(({ text }) => text === option || text === `${option}=true`)) ?? null;
}

function switches(name: string, value: string): boolean {
  return Object.hasOwn(SWITCHES, name) && SWITCHES[name]?.test(value) === true;
}

function environmentOf(step: Step): readonly (readonly [string, string])[] {
  return Object.entries('env' in step ? (step.env ?? {}) : {});
}

function finding({ path, by }: Pick<CommandAt, 'path' | 'by'>, what: string): LintFinding {
  return {
    path,
    message: `${by} does not look whom it talks to (\`${what}\`).`,
    remedy: 'Make the host a target, keep its key in known_hosts, or name the certificate.',
  };
}
