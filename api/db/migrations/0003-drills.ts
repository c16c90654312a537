// Drills, their frozen plans, their journals (append-only), the output of their commands, and the locks they hold.
import type { SchemaMigration } from './migration.ts';
import type { Words } from './words.ts';

export const drills: SchemaMigration = {
  name: '0003-drills',
  statements: (words) => [...drillTables(words), ...journalTables(words)],
};

function drillTables({ text, integer, tableEnd, clusteredTableEnd }: Words): readonly string[] {
  return [
    `create table drill (
      number ${integer} not null primary key,
      title ${text} not null,
      runbook ${text} not null,
      revision ${text} not null,
      mode ${text} not null,
      level ${text} not null,
      state ${text} not null,
      services ${text} not null,
      plan_hash ${text} not null,
      approvals_needed ${integer} not null,
      approved_by ${text} not null,
      requested_by ${text} not null,
      requested_at ${integer} not null,
      started_by ${text},
      started_at ${integer},
      finished_at ${integer},
      result ${text},
      recovery_ms ${integer},
      data_loss_ms ${integer},
      human_wait_ms ${integer},
      has_deviations ${integer} not null check (has_deviations in (0, 1)),
      is_unclean ${integer} not null check (is_unclean in (0, 1)),
      schedule ${text},
      due_at ${integer}
    ) ${tableEnd}`,
    'create index drill_by_runbook on drill (runbook, number)',
    'create index drill_by_state on drill (state, number)',
    'create index drill_by_finish on drill (finished_at, number)',
    `create table drill_plan (
      drill ${integer} not null primary key references drill (number),
      content ${text} not null
    ) ${tableEnd}`,
    `create table drill_service (
      service ${text} not null,
      drill ${integer} not null references drill (number),
      finished_at ${integer},
      primary key (service, drill)
    ) ${clusteredTableEnd}`,
    'create index drill_service_by_drill on drill_service (drill)',
    'create index drill_service_by_finish on drill_service (service, finished_at, drill)',
    `create table drill_lock (
      name ${text} not null primary key,
      drill ${integer} not null references drill (number),
      taken_at ${integer} not null
    ) ${tableEnd}`,
    'create index drill_lock_by_drill on drill_lock (drill)',
  ];
}

function journalTables({ text, integer, bytes, tableEnd, clusteredTableEnd, appendOnly }: Words): readonly string[] {
  return [
    `create table journal (
      drill ${integer} not null references drill (number),
      seq ${integer} not null check (seq > 0),
      at ${integer} not null,
      actor ${text},
      type ${text} not null,
      event ${text} not null,
      primary key (drill, seq)
    ) ${clusteredTableEnd}`,
    'create index journal_by_type on journal (type, drill, seq)',
    ...appendOnly('journal', ['drill', 'seq']),
    `create table output (
      drill ${integer} not null,
      seq ${integer} not null,
      step ${text} not null,
      host ${text} not null,
      bytes ${bytes} not null,
      primary key (drill, seq),
      foreign key (drill, seq) references journal (drill, seq)
    ) ${tableEnd}`,
    'create index output_by_step on output (drill, step, seq)',
    'create index output_by_host on output (drill, step, host, seq)',
  ];
}
