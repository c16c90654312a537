// A process that runs drills and kills itself, as if the power had failed, at the boundary that its arguments name.
import type { RemoteHosts, RemoteOutcome, RemoteSink } from '../../api/application/ports.ts';
import { openProcess } from './drill-process.ts';

/** In the order in which a command passes them. */
export type Boundary = 'intent-committed' | 'shell-started' | 'launch-committed' | 'output-received' | 'command-ended';

const [file = '', privateKey = '', drill = '', boundary = ''] = process.argv.slice(2);

function crashAt(here: Boundary): void {
  if (boundary === here) process.kill(process.pid, 'SIGKILL');
}

function crashing(remote: RemoteHosts): RemoteHosts {
  return {
    ...remote,
    run: (command, sink, signal) => crashingAround(sink, (own) => remote.run(command, own, signal)),
    runDurably: (command, sink, signal) => crashingAround(sink, (own) => remote.runDurably(command, own, signal)),
  };
}

async function crashingAround(sink: RemoteSink, work: (sink: RemoteSink) => Promise<RemoteOutcome>): Promise<RemoteOutcome> {
  crashAt('intent-committed');
  const outcome = await work({
    async onLaunched() {
      crashAt('shell-started');
      await sink.onLaunched();
      crashAt('launch-committed');
    },
    async onOutput(...output) {
      crashAt('output-received');
      await sink.onOutput(...output);
    },
  });
  crashAt('command-ended');
  return outcome;
}

const { engine } = await openProcess({ file, privateKey, around: crashing });
engine.wake(drill);
