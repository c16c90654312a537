// The limits of connections: every time and number of the SSH adapter that decides when to wait, to try again and to give up.

export interface SshLimits {
  /** For resolving, TCP, handshake and authentication together, of each host on the way. */
  readonly connectTimeoutMs: number;
  /** How often an open connection is asked whether the host is still there, and how many answers may fail to come. */
  readonly keepaliveMs: number;
  readonly keepaliveMisses: number;
  /** A host that has been asked about a command and is silent for so long is told to people, while its connection may still come back. */
  readonly quietMs: number;
  /** How often a connection is tried that the server drops before the handshake, or that breaks while Muster signs in; each pause is twice as long as the one before. */
  readonly droppedTries: number;
  readonly droppedPauseMs: number;
  /** Channels at once on a host, over all connections to it. */
  readonly channels: number;
  /** How often a refused channel is asked for again; each pause is longer by this time. */
  readonly openTries: number;
  readonly openPauseMs: number;
  /** So long after a channel has closed, the server may still count it. */
  readonly lateFreeMs: number;
  /** A channel of a check that is not answered in this time is none. */
  readonly channelTimeoutMs: number;
  /** A connection that nobody has needed for so long is closed. */
  readonly idleMs: number;
  /** While the host of a command cannot be reached, the longest pause between two tries. */
  readonly longestTryMs: number;
  /** So long after the time of a command is up, a host that could not be reached has ended it by itself and can tell. */
  readonly ownEndMs: number;
}

export const SSH_LIMITS: SshLimits = {
  connectTimeoutMs: 20_000,
  // A cut link stays silent for good without it. Three missed answers make a minute, in which a dead connection has to be noticed.
  keepaliveMs: 15_000,
  keepaliveMisses: 3,
  // A network that drops packets keeps the next try waiting as well: people are told before.
  quietMs: 30_000,
  // A server at MaxStartups drops connections until others have signed in, which takes it some hundred milliseconds.
  droppedTries: 6,
  droppedPauseMs: 150,
  // MaxSessions is 10 by default and frees late; half of it leaves room for the channel that ends a command.
  channels: 5,
  // Together close to three seconds: longer than a server needs to free a channel, shorter than anybody waits for a step to begin.
  openTries: 8,
  openPauseMs: 100,
  lateFreeMs: 1_000,
  channelTimeoutMs: 10_000,
  // Long enough for the pauses between steps, short enough not to hold sessions on hosts for nothing.
  longestTryMs: 10_000,
  // The watchdog of the host waits 5 s for Muster, then up to 7 s for the command: time for two tries after that.
  ownEndMs: 30_000,
  idleMs: 60_000,
};
