// What the two kinds of SSH servers of the range have in common.

export type RangeKind = 'openssh' | 'embedded';

/** SSH servers of either kind. */
export interface SshServers {
  readonly kind: RangeKind;
  stop(): Promise<void>;
}
