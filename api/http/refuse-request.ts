// How the server says no: always JSON in the shape of GraphQL errors, so that a client needs one way to read them.
import type { Response } from 'express';
import type { ErrorCode } from '../domain/errors.ts';

export interface RequestRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** Stands in the log too, for what nobody expected. */
  readonly id?: string;
}

export function refuseRequest(response: Response, status: number, { code, message, id }: RequestRefusal): void {
  response.status(status).json({ errors: [{ message, extensions: id === undefined ? { code } : { code, id } }] });
}
