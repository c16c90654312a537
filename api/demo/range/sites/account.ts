// Who the hosts' commands run as: servers such as PostgreSQL refuse to be root.
import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Null when this process is not root: then everything runs as whoever runs it. */
export function hostAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

/** Gives a file or folder to the account. */
export function handOver(path: string, account: Account | null): void {
  if (account !== null) chownSync(path, account.uid, account.gid);
}

/** Words before a command that make it run as the account. */
export function asAccount(account: Account | null): string {
  return account === null ? '' : `setpriv --reuid=${account.uid} --regid=${account.gid} --clear-groups `;
}

function idOfNobody(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
}
