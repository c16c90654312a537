// Every enum of the schema, made from the domain's lists: the name is the value in upper case with underscores.
import { registerEnumType } from 'type-graphql';
import { ROLES } from '../application/access.ts';
import { DRILL_ACTIONS } from '../application/drill-actions.ts';
import { SERVICE_SORTS } from '../application/list-services.ts';
import { STORAGE_TROUBLES } from '../application/storage-error.ts';
import { URGENCIES, WAITING_KINDS } from '../application/waiting-item.ts';
import { LENSES } from '../domain/catalogue/lens.ts';
import { LEVELS, OPERATORS, REACHES } from '../domain/catalogue/portfolio.ts';
import { ABORT_FORMS, CONFIRM_OUTCOMES } from '../domain/drill/journal.ts';
import { STEP_COMPARISONS } from '../domain/drill/compare-runs.ts';
import { EXPECTATION_BASES } from '../domain/drill/expectation.ts';
import { SECTION_KINDS } from '../domain/drill/sections.ts';
import { DRILL_MODES } from '../domain/drill/plan.ts';
import { RUN_STATES, STEP_STATES } from '../domain/drill/state.ts';
import { BANDS, COMPONENT_CODES } from '../domain/readiness/assessment.ts';
import { PREFLIGHT_KINDS } from '../domain/schedule/preflight.ts';
import { RULE_UNITS, WEEKDAYS } from '../domain/schedule/rule.ts';
import { MISSED_CAUSES, OCCURRENCE_STATES } from '../domain/schedule/schedule.ts';
import { ON_FAILURE, STEP_KINDS } from '../domain/runbook/runbook.ts';

export const RoleEnum = enumOf('Role', ROLES);
export const OperatedByEnum = enumOf('OperatedBy', OPERATORS);
export const ReachEnum = enumOf('Reach', REACHES);
export const LensCodeEnum = enumOf('LensCode', LENSES);
export const BandEnum = enumOf('Band', BANDS);
export const SeverityEnum = enumOf('Severity', ['critical', 'high', 'medium', 'low']);
export const ComponentCodeEnum = enumOf('ComponentCode', COMPONENT_CODES);
export const ComponentStateEnum = enumOf('ComponentState', ['proven', 'stale', 'failed', 'unproven', 'not-applicable']);
export const DependencyKindEnum = enumOf('DependencyKind', ['hard', 'soft']);
export const DrillLevelEnum = enumOf('DrillLevel', LEVELS);
export const DrillModeEnum = enumOf('DrillMode', DRILL_MODES);
export const DrillResultEnum = enumOf('DrillResult', ['passed', 'late', 'failed', 'aborted']);
export const RunStateEnum = enumOf('RunState', RUN_STATES);
export const StepStateEnum = enumOf('StepState', STEP_STATES);
export const StepKindEnum = enumOf('StepKind', STEP_KINDS);
export const StepChangeKindEnum = enumOf('StepChangeKind', ['new', 'gone', 'moved', 'changed']);
export const OnFailureEnum = enumOf('OnFailure', ON_FAILURE);
export const AttemptStateEnum = enumOf('AttemptState', [
  'intent',
  'launched',
  'succeeded',
  'failed',
  'timed-out',
  'cancelled',
  'unknown',
  'not-started',
]);
export const OutputStreamEnum = enumOf('OutputStream', ['stdout', 'stderr']);
export const AbortFormEnum = enumOf('AbortForm', ABORT_FORMS);
export const ConfirmOutcomeEnum = enumOf('ConfirmOutcome', CONFIRM_OUTCOMES);
export const UnknownDecisionEnum = enumOf('UnknownDecision', ['succeeded', 'failed', 'new-attempt']);
export const DrillActionEnum = enumOf('DrillAction', DRILL_ACTIONS);
export const WaitingKindEnum = enumOf('WaitingKind', WAITING_KINDS);
export const UrgencyEnum = enumOf('Urgency', URGENCIES);
export const ExpectationBasisEnum = enumOf('ExpectationBasis', EXPECTATION_BASES);
export const SectionKindEnum = enumOf('SectionKind', SECTION_KINDS);
export const StepComparisonKindEnum = enumOf('StepComparisonKind', STEP_COMPARISONS);
export const ServiceSortEnum = enumOf('ServiceSort', SERVICE_SORTS);
export const OccurrenceStateEnum = enumOf('OccurrenceState', OCCURRENCE_STATES);
export const MissedCauseEnum = enumOf('MissedCause', MISSED_CAUSES);
export const RuleUnitEnum = enumOf('RuleUnit', RULE_UNITS);
export const WeekdayEnum = enumOf('Weekday', WEEKDAYS);
export const ClosingKindEnum = enumOf('ClosingKind', ['freeze', 'blackout']);
export const PreflightKindEnum = enumOf('PreflightKind', PREFLIGHT_KINDS);
export const SharedKindEnum = enumOf('SharedKind', ['service', 'host', 'lock', 'person']);
export const StorageTroubleEnum = enumOf('StorageTrouble', STORAGE_TROUBLES);

function enumOf(name: string, values: readonly string[]): Record<string, string> {
  const entries = Object.fromEntries(values.map((value) => [value.toUpperCase().replaceAll('-', '_'), value]));
  registerEnumType(entries, { name });
  return entries;
}
