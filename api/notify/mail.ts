// Sends a message as mail through the installation's SMTP server.
import { createTransport } from 'nodemailer';

/** In lists of mails more is not shown. */
const SUBJECT_MAX = 100;
const TIMEOUT_MS = 20_000;

export interface MailPath {
  /** May carry a password. */
  readonly smtpUrl: string;
  readonly to: readonly string[];
  readonly from: string;
}

/** Null when the server took it, or else why not, in words without its address and password. */
export async function sendMail({ smtpUrl, to, from }: MailPath, message: string, signal: AbortSignal): Promise<string | null> {
  const url = new URL(smtpUrl);
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
    secure: url.protocol === 'smtps:',
    // A password is not said in the clear, except on this machine.
    requireTLS: url.username !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname),
    ...(url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const stop = (): void => transport.close();
  signal.addEventListener('abort', stop);
  try {
    const sent = await transport.sendMail({ from, to: [...to], subject: subjectOf(message), text: message });
    return sent.rejected.length === 0 ? null : `the mail server refused ${sent.rejected.length} of ${to.length} addresses`;
  } catch (error) {
    return `the mail server did not take it (${codeOf(error)})`;
  } finally {
    signal.removeEventListener('abort', stop);
    transport.close();
  }
}

function subjectOf(message: string): string {
  const [first = ''] = message.trim().split(/[\r\n]/, 1);
  return first.length <= SUBJECT_MAX ? first : `${first.slice(0, SUBJECT_MAX - 1)}…`;
}

/** What the server said can repeat what it was told; its codes cannot. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return 'responseCode' in error && typeof error.responseCode === 'number' ? `${code}, ${error.responseCode}` : code;
}
