// Runbooks: for which of the scenarios that the policy names is there an approved runbook?
import type { ServiceFacts } from '../facts.ts';
import { listOf } from '../phrase.ts';
import { notApplicable } from './component.ts';
import type { ComponentRule } from './component.ts';

export const runbooksComponent: ComponentRule = {
  code: 'runbooks',
  judge(facts) {
    const { asked, missing } = scenarioCover(facts);
    if (asked.length === 0) return notApplicable(`The policy of tier ${facts.policy.tier} asks for no scenario.`);
    const used = facts.approved.filter((runbook) => asked.includes(runbook.scenario)).map((runbook) => runbook.key);
    if (missing.length === 0) {
      const reason = `An approved runbook covers every scenario that tier ${facts.policy.tier} asks for: ${listOf(asked)}.`;
      return { share: 1, state: 'proven', reason, evidence: used, action: null };
    }
    return {
      share: (asked.length - missing.length) / asked.length,
      state: 'unproven',
      reason: `Approved runbooks cover ${asked.length - missing.length} of ${asked.length} scenarios; none covers ${listOf(missing)}.`,
      evidence: used,
      action: `Write a runbook for ${listOf(missing)} and have it approved.`,
    };
  },
};

/** The scenarios that the policy asks for, and those among them that no approved runbook covers. */
export function scenarioCover(facts: ServiceFacts): { readonly asked: readonly string[]; readonly missing: readonly string[] } {
  const asked = [...new Set(facts.policy.scenarios)];
  const covered = new Set(facts.approved.map((runbook) => runbook.scenario));
  return { asked, missing: asked.filter((scenario) => !covered.has(scenario)) };
}
