// Instants on the wire are ISO 8601 in UTC; inside they are milliseconds.

export function instant(at: number): Date {
  return new Date(at);
}

export function optionalInstant(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
