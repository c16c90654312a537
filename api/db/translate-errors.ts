// Turns the errors of a driver into ours, at the one place where every statement passes.
import type { DatabaseConnection } from 'kysely';

/** `translate` gives back errors that it does not know as they are. */
export function translateErrors(connection: DatabaseConnection, translate: (error: unknown) => unknown): void {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = async (...statement) => {
    try {
      return await execute<never>(...statement);
    } catch (error) {
      throw translate(error);
    }
  };
}
