// The one reading of JSONPath (RFC 9535) in runbooks.
import parseJsonPath from 'jsonpath-rfc9535/parser';

/** Whether the text is a JSONPath. */
export function isJsonPath(text: string): boolean {
  try {
    parseJsonPath(text);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
