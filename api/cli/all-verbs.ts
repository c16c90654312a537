// All verbs, in the order of the help. A new verb is a file in this folder and a line here.
import { accountVerb } from './account-verb.ts';
import { completionVerb } from './completion-verb.ts';
import { diffVerb } from './diff-verb.ts';
import { fmtVerb } from './fmt-verb.ts';
import { importVerb } from './import-verb.ts';
import { lintVerb } from './lint-verb.ts';
import { newVerb } from './new-verb.ts';
import { planVerb } from './plan-verb.ts';
import { pullVerb } from './pull-verb.ts';
import { pushVerb } from './push-verb.ts';
import { sealVerb } from './seal-verb.ts';
import type { Verb } from './verb.ts';

export const ALL_VERBS: readonly Verb[] = [
  newVerb,
  lintVerb,
  fmtVerb,
  planVerb,
  diffVerb,
  pushVerb,
  pullVerb,
  importVerb,
  accountVerb,
  sealVerb,
  completionVerb,
];
