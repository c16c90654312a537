// The shell text around every command: how a script arrives, who runs it, and how its process group is ended. POSIX sh only.
import { done, refused, type Result } from '../errors.ts';

/** The last line of a script that arrived whole. A connection cut on the way must not run the first half of one. */
const LAST_LINE = '# end of script';
/** Announces the process group on stdout, ahead of any output. */
const MARKER = 'muster-group ';
/** What a login shell prints of its own before the marker is dropped; more than this is no greeting. */
const GREETING_MAX = 65_536;
/** Both stand unquoted in the wrapper, so nothing that a shell reads as more than a word may be in them. */
const SHELL = /^(?:[a-z][a-z0-9]{0,31}|\/[A-Za-z0-9._+/-]{1,255})$/;
const USER = /^[a-z_][a-z0-9_-]{0,31}$/;

/** Who runs a script: `sh` as the user who signed in, unless told otherwise. A shell is one of the POSIX family: values come as `name='value'`. */
export interface Runner {
  readonly shell?: string;
  readonly become?: string;
}

/**
 * Reads the script from stdin into a variable, so that nothing of it shows in a process list, and runs it with an empty stdin, so that no
 * command of it can eat the rest. The process group's number is printed first: cancelling means ending that group. sshd makes the shell a
 * group leader; where it is none, setsid does. (No single quotes inside: the user's login shell reads this.)
 */
export function runText({ shell = 'sh', become }: Runner): string {
  // Called over the network, bash reads the user's start-up files, and with -eu it ends at their first unset variable: not below another shell.
  const inner = `${shell === 'sh' ? '' : 'env SHLVL=1 '}${shell} -euc "${readAndRun('\\')}"`;
  return (
    `exec ${asUser(become)}sh -euc '` +
    // Elsewhere than at home the other user may not even look: tools would complain about the folder they stand in.
    (become === undefined ? '' : `cd 2>/dev/null || cd /; `) +
    `echo "${MARKER}$$"; ` +
    `if ! kill -0 -$$ 2>/dev/null && command -v setsid >/dev/null 2>&1; then exec setsid ${inner}; fi; ` +
    `${shell === 'sh' ? readAndRun('') : `exec ${inner}`}'`
  );
}

/** Refused when a name could be read as more than a name. */
export function checkRunner({ shell, become }: Runner): Result<null> {
  if (shell !== undefined && !SHELL.test(shell))
    return refused('INVALID_INPUT', `"${shell}" cannot be the shell of a command. Give a name such as bash, or an absolute path.`);
  if (become !== undefined && !USER.test(become))
    return refused('INVALID_INPUT', `"${become}" cannot be the name of a user. Mend it in the runbook.`);
  return done(null);
}

/** The script as it goes over the wire. */
export function framed(script: string): string {
  return `${script}\n${LAST_LINE}\n`;
}

/**
 * Ends a process group: TERM, KILL after 5 s, exit code 0 once it is gone. `sleep` may know whole seconds only, so the grace is counted in
 * looks and can be longer there. Another user's group can be ended by that user only.
 */
export function killText(group: number, { become }: Runner): string {
  return `exec ${asUser(become)}sh -c '${killLoop(String(Math.trunc(group)))}'`;
}

/** The loop of `killText` for shell text that holds the group's number, or an expression for it. Holds no single quote. */
export function killLoop(g: string): string {
  return (
    `n=0; kill -s TERM -- -${g} 2>/dev/null || kill -s TERM ${g} 2>/dev/null || exit 0; ` +
    `while kill -0 -${g} 2>/dev/null || kill -0 ${g} 2>/dev/null; do n=$((n+1)); ` +
    `if [ $n -eq 50 ]; then kill -s KILL -- -${g} 2>/dev/null || kill -s KILL ${g} 2>/dev/null; fi; ` +
    `if [ $n -ge 70 ]; then exit 1; fi; sleep 0.1 2>/dev/null || sleep 1; done; exit 0`
  );
}

export type Header =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'none' }
  /** `rest` is the command's own output. */
  | { readonly kind: 'found'; readonly group: number; readonly rest: Buffer };

/** Looks for the marker line in what has arrived on stdout so far. */
export function readHeader(received: Buffer): Header {
  const text = received.toString('latin1');
  const match = /(?:^|\n)muster-group (\d{1,10})\n/.exec(text);
  if (match === null) return received.length > GREETING_MAX ? { kind: 'none' } : { kind: 'incomplete' };
  return { kind: 'found', group: Number(match[1]), rest: received.subarray(match.index + match[0].length) };
}

/** `-n`: where sudo would ask for a password it fails at once, before anything of the script has been sent on. */
function asUser(become: string | undefined): string {
  return become === undefined ? '' : `sudo -n -u ${become} -- `;
}

function readAndRun(escape: string): string {
  const q = `${escape}"`;
  const d = `${escape}$`;
  return (
    `muster_script=${q}${d}(cat)${q}; ` +
    `case ${q}${d}muster_script${q} in *${q}${LAST_LINE}${q}) ;; *) exit 255 ;; esac; ` +
    `eval ${q}unset muster_script; ${d}muster_script${q} </dev/null`
  );
}
