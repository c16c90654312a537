// Reads five-field cron expressions.
import { CronExpressionParser } from 'cron-parser';
import type { CronExpression } from 'cron-parser';

const FIELDS = 5;
/** cron-parser's `H` stands for a value chosen at random: no time that could be shown ahead. */
const RANDOM = /(^|,)h(\/|,|$)/i;

/**
 * An iterator over the times of the expression after `after`, both read as if the clock were UTC; null when it is not a valid
 * expression of five fields (minute, hour, day of month, month, day of week). Where both kinds of day are given, either may match.
 */
export function parseCron(cron: string, after: number): CronExpression | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS || fields.some((field) => RANDOM.test(field))) return null;
  try {
    return CronExpressionParser.parse(fields.join(' '), { tz: 'UTC', currentDate: new Date(after) });
  } catch (error) {
    // cron-parser has no error class of its own: whatever it throws while reading is about the expression.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** The next time of the iterator, read as if the clock were UTC; null when there is none within its search. */
export function nextOf(expression: CronExpression): number | null {
  try {
    return expression.next().getTime();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
