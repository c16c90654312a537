// What the muster command ends with; scripts branch on it.

export const EXIT = {
  fine: 0,
  /** Something is wrong with what was given, or two things differ; it was said what. */
  problems: 1,
  /** The command line cannot be understood, or names what is not there. */
  usage: 2,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For the help of the whole command. */
export const EXIT_HELP = `Exit codes:
  0  all is well
  1  there are problems, or differences, and they were shown
  2  the command line could not be understood, or names a file that is not there`;
