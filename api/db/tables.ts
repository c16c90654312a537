// The tables as Kysely sees them. Names ending in `_at` are milliseconds since the epoch; flags are 0 or 1.
import type { Generated } from 'kysely';
import type { Role } from '../application/access.ts';
import type { Pins } from '../domain/catalogue/portfolio.ts';
import type { DrillEvent } from '../domain/drill/journal.ts';
import type { Plan } from '../domain/drill/plan.ts';
import type { Band, ServiceAssessment } from '../domain/readiness/assessment.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import type { BlackoutCalendarTable, FreezeTable, OccurrenceTable, PreflightTable, ScheduleAlertTable, ScheduleTable } from './schedule-tables.ts';
import type { Fixed, Flag, Json } from './values.ts';

type Texts = readonly string[];
type TextByName = Readonly<Record<string, string>>;

export interface Tables {
  readonly site: SiteTable;
  readonly host: HostTable;
  readonly service: ServiceTable;
  readonly service_host: ServiceHostTable;
  readonly dependency: DependencyTable;
  readonly tier_policy: TierPolicyTable;
  readonly setting: SettingTable;
  readonly revision: RevisionTable;
  readonly draft: DraftTable;
  readonly drill: DrillTable;
  readonly drill_plan: DrillPlanTable;
  readonly drill_service: DrillServiceTable;
  readonly drill_lock: DrillLockTable;
  readonly drill_lease: DrillLeaseTable;
  readonly step_duration: StepDurationTable;
  readonly journal: JournalTable;
  readonly output: OutputTable;
  readonly schedule: ScheduleTable;
  readonly occurrence: OccurrenceTable;
  readonly preflight: PreflightTable;
  readonly freeze_window: FreezeTable;
  readonly blackout_calendar: BlackoutCalendarTable;
  readonly schedule_alert: ScheduleAlertTable;
  readonly assessment: AssessmentTable;
  readonly score_point: ScorePointTable;
  readonly host_check: HostCheckTable;
  readonly account: AccountTable;
  readonly session: SessionTable;
  readonly history: HistoryTable;
}

interface SiteTable {
  key: string;
  name: string;
}

export interface HostTable {
  key: string;
  name: string;
  address: string;
  port: number;
  login: string;
  site: string | null;
  labels: Json<TextByName>;
  host_keys: Json<Texts>;
  jump: string | null;
  credential: string | null;
  /** By host key. */
  pins: Json<Pins>;
}

export interface ServiceTable {
  key: string;
  name: string;
  description: string | null;
  tier: number;
  operated_by: string;
  department: string | null;
  supplier: string | null;
  is_customer_facing: Flag;
  reach_override: string | null;
  reach_note: string | null;
  owner: string | null;
  deputy: string | null;
  rto_seconds: number | null;
  rpo_seconds: number | null;
  has_data: Flag;
}

interface ServiceHostTable {
  service: string;
  position: number;
  host: string;
}

interface DependencyTable {
  from_service: string;
  to_service: string;
  kind: 'hard' | 'soft';
}

export interface TierPolicyTable {
  tier: number;
  rto_seconds: number;
  rpo_seconds: number;
  drill_every_days: number;
  review_every_days: number;
  level: string;
  scenarios: Json<Texts>;
  rehearsal_approvals: number;
  failover_approvals: number;
}

interface SettingTable {
  name: string;
  value: Json<boolean>;
}

export interface RevisionTable {
  hash: Fixed<string>;
  runbook: Fixed<string>;
  number: Fixed<number>;
  content: Fixed<Json<Runbook>>;
  source: Fixed<string>;
  created_at: Fixed<number>;
  created_by: Fixed<string>;
  approved_at: number | null;
  approved_by: string | null;
}

/** `runbook` is empty for one that has no key yet. */
export interface DraftTable {
  runbook: string;
  account: string;
  source: string;
  files: Json<TextByName>;
  base: string | null;
  version: number;
  saved_at: number;
}

export interface DrillTable {
  number: Fixed<number>;
  title: string;
  runbook: Fixed<string>;
  revision: Fixed<string>;
  mode: string;
  level: string;
  state: string;
  services: Json<Texts>;
  plan_hash: Fixed<string>;
  approvals_needed: number;
  approved_by: Json<Texts>;
  requested_by: string;
  requested_at: number;
  started_by: string | null;
  started_at: number | null;
  finished_at: number | null;
  result: string | null;
  recovery_ms: number | null;
  data_loss_ms: number | null;
  human_wait_ms: number | null;
  has_deviations: Flag;
  is_unclean: Flag;
  schedule: string | null;
  due_at: number | null;
}

interface DrillPlanTable {
  drill: Fixed<number>;
  content: Fixed<Json<Plan>>;
}

/** Finds drills by service; `finished_at` is set once the drill has a result. */
interface DrillServiceTable {
  service: string;
  drill: number;
  finished_at: number | null;
}

/** `holder` is null when the drill was let go of in good order. */
export interface DrillLeaseTable {
  drill: number;
  fence: number;
  holder: string | null;
  held_by: string;
  origin: string;
  taken_at: number;
  expires_at: number;
}

interface DrillLockTable {
  name: string;
  drill: number;
  taken_at: number;
}

/** `work` is a hash of what the step does. */
interface StepDurationTable {
  drill: Fixed<number>;
  step: Fixed<string>;
  work: Fixed<string>;
  family: Fixed<string>;
  finished_at: Fixed<number>;
  work_ms: Fixed<number>;
  human_ms: Fixed<number>;
}

export interface JournalTable {
  drill: Fixed<number>;
  seq: Fixed<number>;
  at: Fixed<number>;
  actor: Fixed<string | null>;
  type: Fixed<string>;
  event: Fixed<Json<DrillEvent>>;
}

/** The bytes of output entries: apart from the journal, so that they can be deleted when they are old. */
export interface OutputTable {
  drill: Fixed<number>;
  seq: Fixed<number>;
  step: Fixed<string>;
  host: Fixed<string>;
  bytes: Fixed<Uint8Array>;
}

/** The latest assessment of each service; `assessed_at` is when it became what it is. */
export interface AssessmentTable {
  service: string;
  assessed_at: number;
  model_version: string;
  effective: number;
  band: Band;
  content: Json<ServiceAssessment>;
}

/** Each move of a score or band, with the assessment that explains it. */
interface ScorePointTable {
  number: Generated<number>;
  service: Fixed<string>;
  at: Fixed<number>;
  effective: Fixed<number>;
  band: Fixed<Band>;
  model_version: Fixed<string>;
  content: Fixed<Json<ServiceAssessment>>;
}

export interface HostCheckTable {
  host: string;
  at: number;
  is_reachable: Flag;
  is_key_changed: Flag;
  problem: string | null;
  /** Of a jump host at fault. */
  hop: string | null;
  round_trip_ms: number | null;
}

export interface AccountTable {
  name: string;
  display_name: string;
  roles: Json<readonly Role[]>;
  password_hash: string;
  is_disabled: Flag;
  created_at: number;
}

interface SessionTable {
  id_hash: string;
  account: string;
  created_at: number;
  last_seen_at: number;
}

export interface HistoryTable {
  position: Fixed<number>;
  at: Fixed<number>;
  actor: Fixed<string | null>;
  type: Fixed<string>;
  subject: Fixed<string>;
  data: Fixed<Json<Readonly<Record<string, unknown>>>>;
}
