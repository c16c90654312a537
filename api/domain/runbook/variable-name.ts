// Which names inputs and captured values may have: they become shell variables ahead of every command.

/**
 * Lower-case letters, digits and underscores. What shells and loaders read (PATH, IFS, ENV, BASH_ENV, LD_PRELOAD …) is spelled in
 * capitals or begins with an underscore, so none of it can be set; the names in `RESERVED` are the exceptions.
 */
export const VARIABLE_NAME = '^[a-z][a-z0-9_]{0,62}$';

/**
 * `seq` and `now` are a marker's number and instant in canary commands, `item` is one of a list, `expires` the time after which a step
 * reverts by itself; the proxies steer curl and wget when the host exports them; `path` is
 * zsh's PATH.
 */
const RESERVED: ReadonlySet<string> = new Set([
  'seq',
  'now',
  'item',
  'expires',
  'path',
  'http_proxy',
  'https_proxy',
  'ftp_proxy',
  'all_proxy',
  'no_proxy',
]);

export function isVariableName(name: string): boolean {
  return new RegExp(VARIABLE_NAME, 'u').test(name) && !RESERVED.has(name);
}
