// The bus of one process: tells listeners what has been committed, and keeps a broken listener from harming the others.
import type { Bus, BusMessages } from './ports.ts';

export type Topic = keyof BusMessages;
type Listeners = { readonly [K in Topic]: Set<(message: BusMessages[K]) => void> };

/** Listeners are called in the order of subscribing, before `publish` returns. What one throws goes to `onError`. */
export function createInProcessBus(onError: (error: unknown, topic: Topic) => void): Bus {
  const listeners: Listeners = { drill: new Set(), scores: new Set(), behind: new Set() };
  return {
    publish(topic, message) {
      for (const listener of listeners[topic]) {
        try {
          listener(message);
        } catch (error) {
          onError(error, topic);
        }
      }
    },
    subscribe(topic, listener) {
      // A listener of its own for each subscription: the same function may subscribe twice, and ends once.
      const own: typeof listener = (message) => listener(message);
      listeners[topic].add(own);
      return () => {
        listeners[topic].delete(own);
      };
    },
  };
}
