// What the HTTP server asks of a log.

export interface HttpLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
