// Limits of the HTTP server, in one place.

/** Ten times the largest operation of the web app. */
export const BODY_LIMIT_KB = 100;
/** A request that takes longer to arrive holds a connection for nothing. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** How long requests in hand may take after the server was told to stop. */
export const CLOSE_DEADLINE_MS = 5_000;
