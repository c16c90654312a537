// The sentence for a user on a host whose shell, or whose sudo, did not start what it was given.

export function noShell(said: string, become: string | undefined): string {
  const quoted = said.trim() === '' ? '.' : `, and said: "${said.trim()}".`;
  return become === undefined
    ? `The user's shell ended without starting the command${quoted} Check the user's login shell on the host.`
    : `The command was to run as ${become}, and was not started${quoted} Allow it in the host's sudoers, for this user and without a password.`;
}
