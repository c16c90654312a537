// Posts a message to a webhook, as JSON with `text`: what chat services understand without a setting.

/** Null when it was taken, or else why not, in words that do not repeat the address: it can be a secret. */
export async function postWebhook(url: string, message: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Muster' },
      body: JSON.stringify({ text: message }),
      redirect: 'manual', // a message is for the place that was named
      signal,
    });
    await response.body?.cancel();
    return response.ok ? null : `its webhook answered with status ${response.status}`;
  } catch (error) {
    return `its webhook could not be reached (${codeOf(error)})`;
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : 'no reason given';
}
