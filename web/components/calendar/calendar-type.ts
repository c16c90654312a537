// The shapes of the calendar as its page reads it.
import type { ResultOf } from '../../graphql/graphql.ts';
import type { CalendarQuery } from '../../graphql/calendar.ts';

export type CalendarDetail = ResultOf<typeof CalendarQuery>['calendar'];
export type CalendarEntryDetail = CalendarDetail['entries'][number];
