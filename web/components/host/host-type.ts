// What the page of a host shows of it.
import type { ResultOf } from '../../graphql/graphql.ts';
import type { CheckHost, HostQuery } from '../../graphql/hosts.ts';

export type HostDetail = NonNullable<ResultOf<typeof HostQuery>['host']>;
export type HostCheckSeen = ResultOf<typeof CheckHost>['checkHost'];
