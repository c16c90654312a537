// Signs in to one server with one credential: its parts in an order that costs the fewest tries, and what to say when none is taken.
import type { AnyAuthMethod, AuthHandlerMiddleware, KeyboardInteractiveAuthMethod } from 'ssh2';
import type { Credential } from './credentials.ts';

export interface SigningIn {
  readonly username: string;
  readonly credential: Credential;
  /** Called once when nothing is left to try; `detail` is for the sentence of the failure. */
  readonly onRefused: (detail: string) => void;
}

/** Of a question that a server asks, in a message. */
const QUESTION_MAX = 80;

export function signInHandler(signingIn: SigningIn): AuthHandlerMiddleware {
  const { username, credential, onRefused } = signingIn;
  const question = { unanswered: null as string | null };
  const left = methodsOf(username, credential, question);
  // A key is shown to every server; a password is sent only where the server says that it takes one.
  let isProbing = credential.key === undefined && credential.agent === undefined;
  return (accepted: readonly string[] | null, _isPartial, next) => {
    if (isProbing) {
      isProbing = false;
      next({ type: 'none', username });
      return;
    }
    const at = left.findIndex((method) => accepted === null || accepted.includes(nameOf(method)));
    const [method] = at < 0 ? [] : left.splice(at, 1);
    if (method !== undefined) next(method);
    else onRefused(question.unanswered ?? `it accepts ${accepted?.join(', ') ?? 'nothing'}`);
  };
}

function methodsOf(username: string, { key, agent, password }: Credential, question: { unanswered: string | null }): AnyAuthMethod[] {
  return [
    ...(key === undefined ? [] : [{ type: 'publickey', username, key } as const]),
    ...(agent === undefined ? [] : [{ type: 'agent', username, agent } as const]),
    ...(password === undefined ? [] : [{ type: 'password', username, password } as const]),
    ...(password === undefined ? [] : [{ type: 'keyboard-interactive', username, prompt: answerer(password, question) } as const]),
  ];
}

/** By the name that servers list. */
function nameOf({ type }: AnyAuthMethod): string {
  return type === 'agent' ? 'publickey' : type;
}

/** The password goes to the first hidden question, and to no other: a second one asks for something else, such as a code. */
function answerer(password: string, question: { unanswered: string | null }): KeyboardInteractiveAuthMethod['prompt'] {
  let isSent = false;
  return (...[, , , prompts, answer]) => {
    const answers = prompts.map(({ prompt, echo }) => {
      if (!isSent && echo !== true) {
        isSent = true;
        return password;
      }
      question.unanswered ??= `it asks "${prompt.trim().slice(0, QUESTION_MAX)}", which nobody is there to answer`;
      return '';
    });
    answer(answers);
  };
}
