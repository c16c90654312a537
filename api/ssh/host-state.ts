// How a durable command stands on its host, read from the last line of an answer.

export type HostState =
  | { readonly kind: 'alive' }
  /** `isPart`: of its output not all was in the answer. `stop` is why Muster, or the host's watchdog, ended it. */
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stop: string; readonly isPart: boolean; readonly cut?: string }
  /** It had not been started, and now never will be. `upMs` is how long the host has been up; null when it does not tell. */
  | { readonly kind: 'free'; readonly upMs: number | null }
  /** It was started, does not run any more, and left no result. */
  | { readonly kind: 'gone' }
  /** Somebody has made sure that it does not start. */
  | { readonly kind: 'taken' }
  /** There is no place on the host for its result, so it was not started. */
  | { readonly kind: 'none'; readonly said?: string };

/** Throws when the host says something that its program never does. */
export function hostState(text: string): HostState {
  const words = text.trim().split(' ');
  const isPart = words[0] === 'part';
  const [kind = '', value = '', stop = ''] = words[0] === 'part' || words[0] === 'whole' ? words.slice(1) : words;
  switch (kind) {
    case 'exit':
      if (!/^\d+$/.test(value)) break;
      return { kind: 'ended', exitCode: Number(value), stop, isPart };
    case 'free':
      return { kind, upMs: value === '' ? null : Number(value) * 1_000 };
    case 'alive':
    case 'gone':
    case 'taken':
    case 'none':
      return { kind };
    default:
      break;
  }
  throw new Error(`The host answered "${text}", which Muster does not know.`);
}
