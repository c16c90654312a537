// What the muster command ends with; scripts branch on it.

export const EXIT = {
  fine: 0,
  /** Something is wrong with what was given; it was said what. */
  problems: 1,
  /** The command line or the configuration cannot be understood. */
  usage: 2,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
