// All rules, in no order that matters. A new rule is a file in this folder and a line here.
import { canaryEndRule } from './canary-end.rule.ts';
import { capturesRule } from './captures.rule.ts';
import { cyclesRule } from './cycles.rule.ts';
import { inputsRule } from './inputs.rule.ts';
import { repetitionRule } from './repetition.rule.ts';
import type { Rule } from './rule.ts';
import { scriptsRule } from './scripts.rule.ts';
import { stepIdsRule } from './step-ids.rule.ts';
import { stepReferencesRule } from './step-references.rule.ts';
import { targetsRule } from './targets.rule.ts';

export const ALL_RULES: readonly Rule[] = [
  stepIdsRule,
  stepReferencesRule,
  cyclesRule,
  targetsRule,
  canaryEndRule,
  capturesRule,
  scriptsRule,
  inputsRule,
  repetitionRule,
];
