// The one reading of regular expressions in runbooks: JavaScript's, in Unicode mode.

/** A pattern over output: `^` and `$` match at line ends. Null when it is not valid. */
export function outputPattern(source: string): RegExp | null {
  return compiled(source, 'um');
}

/** A pattern that a whole value must match. Null when it is not valid. */
export function valuePattern(source: string): RegExp | null {
  return compiled(source, 'u') === null ? null : compiled(`^(?:${source})$`, 'u');
}

function compiled(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
