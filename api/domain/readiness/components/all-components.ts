// The list of components. To extend the score, add a file, its code and its weight, and a line here.
import type { ComponentRule } from './component.ts';
import { currencyComponent } from './currency.ts';
import { dataLossComponent } from './data-loss.ts';
import { drillProofComponent } from './drill-proof.ts';
import { outcomeComponent } from './outcome.ts';
import { peopleComponent } from './people.ts';
import { reachabilityComponent } from './reachability.ts';
import { recoveryTimeComponent } from './recovery-time.ts';
import { runbooksComponent } from './runbooks.ts';

/** In the order of COMPONENT_CODES. */
export const ALL_COMPONENTS: readonly ComponentRule[] = [
  runbooksComponent,
  currencyComponent,
  drillProofComponent,
  outcomeComponent,
  recoveryTimeComponent,
  dataLossComponent,
  reachabilityComponent,
  peopleComponent,
];
