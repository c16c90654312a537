// All verbs, in the order of the help. A new verb is a file in this folder and a line here.
import { accountVerb } from './account-verb.ts';
import { fmtVerb } from './fmt-verb.ts';
import { importVerb } from './import-verb.ts';
import { lintVerb } from './lint-verb.ts';
import { planVerb } from './plan-verb.ts';
import type { Verb } from './verb.ts';

export const ALL_VERBS: readonly Verb[] = [lintVerb, fmtVerb, planVerb, importVerb, accountVerb];
