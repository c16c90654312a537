// The live feed of one drill: each event once and in order, however often the link breaks; output in batches.
import { DrillFeed } from '../graphql/drills.ts';
import { subscribe } from '../graphql/socket.ts';
import type { FeedEvent, OutputDetail } from '../components/drill/drill-type.ts';

/** Output is handed on this often: a flood redraws the log ten times a second, not once a line. */
const BATCH_MS = 100;

export interface FeedListener {
  /** Anything but output has happened. */
  readonly onEvent: (event: FeedEvent) => void;
  readonly onOutput: (chunks: readonly OutputDetail[]) => void;
}

/** Follows a drill from the event after `after` until the returned function is called. */
export function followDrill(drill: string, after: number, { onEvent, onOutput }: FeedListener): () => void {
  // The socket reads the variables again at each reconnect: moving `after` resumes without a gap.
  const variables = { drill, after };
  let batch: OutputDetail[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    const chunks = batch;
    batch = [];
    onOutput(chunks);
  };
  const stop = subscribe(DrillFeed, variables, ({ drillEvents: event }) => {
    // An event told twice across a reconnect is dropped here.
    if (event.seq <= variables.after) return;
    variables.after = event.seq;
    if (!event.output) return onEvent(event);
    batch.push(event.output);
    timer ??= setTimeout(flush, BATCH_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
