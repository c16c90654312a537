// The command "ledger" of a host: `ledger <verb>`, run over SSH by people and by runbooks.
import { NoAnswer } from './http.mjs';
import { Refused } from './refused.mjs';
import { readConfig, serveHost } from './serve.mjs';
import { VERBS } from './verbs.mjs';

const [, , , home, verb, ...args] = process.argv;

if (verb === 'serve') await serveHost(home);
else process.exitCode = await runVerb();

async function runVerb() {
  const config = readConfig(home);
  try {
    const known = VERBS[config.kind];
    if (known[verb] === undefined) throw new Refused(`"ledger" on ${config.name} knows ${Object.keys(known).join(', ')}; not "${verb ?? ''}"`);
    await known[verb](args, { home, config, say: (line) => console.log(line) });
    return 0;
  } catch (error) {
    if (error instanceof Refused) console.error(error.message);
    else console.error(error instanceof NoAnswer ? `${config.name}: there was ${error.message}` : error.stack);
    return 1;
  }
}
