// Limits of the HTTP server, in one place.

/** Ten times the largest operation of the web app. */
export const BODY_LIMIT_KB = 100;
/** With a session: a runbook of 1 MB with its scripts may come in, and JSON writes line ends and quotes as two characters. */
export const SIGNED_IN_BODY_LIMIT_KB = 2_200;
/** A request that takes longer to arrive holds a connection for nothing. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** How long requests in hand may take after the server was told to stop. */
export const CLOSE_DEADLINE_MS = 5_000;
