// Who has a drill in hand, until when, and how often it has changed hands; and how processes hear of what others have stored.
import type { SchemaMigration } from './migration.ts';

export const leases: SchemaMigration = {
  name: '0012-leases',
  statements: ({ text, integer, tableEnd, announced }) => [
    `create table drill_lease (
      drill ${integer} not null primary key references drill (number),
      fence ${integer} not null check (fence > 0),
      holder ${text},
      held_by ${text} not null,
      origin ${text} not null,
      taken_at ${integer} not null,
      expires_at ${integer} not null
    ) ${tableEnd}`,
    'create index score_point_by_number on score_point (service, number)',
    ...announced('journal', { topic: 'drill', subject: 'drill', position: 'seq' }),
    ...announced('score_point', { topic: 'scores', subject: 'service', position: 'number' }),
  ],
};
