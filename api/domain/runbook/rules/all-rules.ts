// All rules, in no order that matters. A new rule is a file in this folder and a line here.
import { callsRule } from './calls.rule.ts';
import { canaryEndRule } from './canary-end.rule.ts';
import { capturesRule } from './captures.rule.ts';
import { conditionsRule } from './conditions.rule.ts';
import { cyclesRule } from './cycles.rule.ts';
import { inputsRule } from './inputs.rule.ts';
import { listsRule } from './lists.rule.ts';
import { looksRule } from './looks.rule.ts';
import { orderRule } from './order.rule.ts';
import { repetitionRule } from './repetition.rule.ts';
import { requestsRule } from './requests.rule.ts';
import type { Rule } from './rule.ts';
import { scriptsRule } from './scripts.rule.ts';
import { stepIdsRule } from './step-ids.rule.ts';
import { stepReferencesRule } from './step-references.rule.ts';
import { targetsRule } from './targets.rule.ts';
import { templatesRule } from './templates.rule.ts';
import { undoRule } from './undo.rule.ts';

export const ALL_RULES: readonly Rule[] = [
  stepIdsRule,
  stepReferencesRule,
  cyclesRule,
  orderRule,
  targetsRule,
  canaryEndRule,
  capturesRule,
  scriptsRule,
  inputsRule,
  listsRule,
  repetitionRule,
  undoRule,
  looksRule,
  requestsRule,
  templatesRule,
  conditionsRule,
  callsRule,
];
