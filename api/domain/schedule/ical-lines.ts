// Looks through the lines of an iCalendar file before it is parsed, so that what is wrong has a line number.
import type { Problem } from '../errors.ts';

const PROPERTY = /^[A-Za-z0-9-]+[;:]/;

export interface IcalLines {
  readonly problems: readonly Problem[];
  /** 1-based lines on which the events begin, in their order. */
  readonly eventLines: readonly number[];
}

export function checkLines(text: string): IcalLines {
  const open: { readonly name: string; readonly line: number }[] = [];
  const eventLines: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const [first = ''] = lines;
  if (first.trim().toUpperCase() !== 'BEGIN:VCALENDAR') {
    return {
      problems: [fault(1, 'The file does not begin with BEGIN:VCALENDAR.', 'Export the calendar as iCalendar (.ics) and choose that file.')],
      eventLines,
    };
  }
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    // A line that begins with a space goes on with the one before it.
    if (line.trim() === '' || /^[ \t]/.test(line)) continue;
    if (!PROPERTY.test(line)) {
      return { problems: [fault(number, `Line ${number} is neither a property nor the rest of one.`, 'Export the calendar again.')], eventLines };
    }
    const [keyword = '', value = ''] = line.split(':', 2).map((part) => part.trim().toUpperCase());
    if (keyword === 'BEGIN') {
      open.push({ name: value, line: number });
      if (value === 'VEVENT') eventLines.push(number);
    }
    if (keyword === 'END' && open.pop()?.name !== value) {
      return { problems: [fault(number, `Line ${number} ends ${value}, which is not open there.`, 'Export the calendar again.')], eventLines };
    }
  }
  const left = open.at(-1);
  if (left === undefined) return { problems: [], eventLines };
  return {
    problems: [fault(left.line, `${left.name} begins and does not end: the file is cut off.`, 'Export or copy it again, whole.')],
    eventLines,
  };
}

export function fault(line: number, message: string, remedy: string): Problem {
  return { code: 'bad-calendar', severity: 'error', message, remedy, line };
}
