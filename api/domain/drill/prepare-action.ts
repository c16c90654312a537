// Fills the values into what a step does without a shell, each encoded for its place, so that no value can become more than one.
import { done, refused, type Result } from '../errors.ts';
import type { Action, CopyAction, HttpAction } from '../runbook/runbook.ts';
import { fillTemplate, templateNames } from '../runbook/template.ts';

export type Variables = Readonly<Record<string, string>>;

/** A line of a header ends at any of them. */
const LINE_END = /[\r\n\0]/;
const JSON_STRING = /"(?:[^"\\]|\\.)*"/gs;
const JSON_SCALAR = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
/** `.` and `..` between slashes, as they are and as URLs may write them. */
const DOT_SEGMENT = /(?:^|[/\\])(?:\.|%2e){1,2}(?=[/\\?#]|$)/i;

/** Refused with a sentence when a value is missing or does not fit its place; the sentence does not repeat the value. */
export function prepareAction<A extends Action | CopyAction>(action: A, variables: Variables): Result<A>;
export function prepareAction(action: Action | CopyAction, variables: Variables): Result<Action | CopyAction> {
  const filling = new Filling(variables);
  const filled = fillAction(action, filling);
  return filling.objection === null ? done(filled) : refused('INVALID_INPUT', filling.objection);
}

function fillAction(action: Action | CopyAction, filling: Filling): Action | CopyAction {
  switch (action.type) {
    case 'http':
      return fillHttp(action, filling);
    case 'tcp':
      return { ...action, host: filling.plain(action.host, 'host') };
    case 'dns':
      return {
        ...action,
        name: filling.plain(action.name, 'name'),
        server: action.server === null ? null : filling.plain(action.server, 'name server'),
      };
    case 'notify':
      return { ...action, channel: filling.plain(action.channel, 'channel'), message: filling.plain(action.message, 'message') };
    case 'copy-to':
      return { ...action, to: filling.path(action.to) };
    case 'copy-from':
      return { ...action, from: filling.path(action.from) };
  }
}

function fillHttp(action: HttpAction, filling: Filling): HttpAction {
  const headers = Object.entries(action.headers).map(([name, text]) => [name, filling.header(text, name)] as const);
  const { body } = action;
  return {
    ...action,
    url: filling.url(action.url),
    headers: Object.fromEntries(headers),
    body: body === null ? null : filling.body(body, action.bodyType),
  };
}

/** Remembers the first thing that is wrong; what it gives back then is of no use. */
class Filling {
  objection: string | null = null;

  constructor(private readonly variables: Variables) {}

  plain(text: string, place: string): string {
    return this.fill(text, place, (value) => value);
  }

  url(text: string): string {
    const filled = this.fill(text, 'address', encodeURIComponent);
    return this.withoutNewSegments(text, filled);
  }

  header(text: string, name: string): string {
    const filled = this.plain(text, `header ${name}`);
    if (LINE_END.test(filled)) this.object(`A value in the header ${name} holds a line end or a NUL byte, which no header can hold.`);
    return filled;
  }

  body(text: string, type: HttpAction['bodyType']): string {
    switch (type) {
      case 'text':
        return this.plain(text, 'body');
      case 'form':
        return this.fill(text, 'body', encodeURIComponent);
      case 'json':
        return this.json(text);
    }
  }

  path(text: string): string {
    const filled = this.plain(text, 'path');
    if (!filled.startsWith('/')) this.object('A path does not begin with a slash once its values are filled in.');
    if (filled.includes('\0')) this.object('A value in a path holds a NUL byte, which no path can hold.');
    return this.withoutNewSegments(text, filled);
  }

  /** Inside a JSON text a value stays that text; outside of one it must be a number, true, false or null. */
  private json(text: string): string {
    for (const name of templateNames(text.replaceAll(JSON_STRING, ''))) {
      if (!JSON_SCALAR.test(this.variables[name] ?? '0'))
        this.object(`"${name}" stands outside of quotes in the body, and its value is no number, true, false or null.`);
    }
    return this.fill(text, 'body', (value) => JSON.stringify(value).slice(1, -1));
  }

  /** A value is a part of a path; it may not lead somewhere else. */
  private withoutNewSegments(text: string, filled: string): string {
    const isOwn = DOT_SEGMENT.test(fillTemplate(text, this.variables, () => 'x') ?? '');
    if (!isOwn && DOT_SEGMENT.test(filled)) this.object('A value makes "." or ".." a part of a path, which would lead somewhere else.');
    return filled;
  }

  private fill(text: string, place: string, encode: (value: string) => string): string {
    const names = templateNames(text);
    const missing = names.find((name) => !Object.hasOwn(this.variables, name));
    const broken = missing === undefined ? names.find((name) => this.variables[name]?.isWellFormed() === false) : undefined;
    if (missing !== undefined) this.object(`"${missing}" has no value, and the ${place} needs it.`);
    else if (broken !== undefined) this.object(`The value of "${broken}" is no valid text, so the ${place} cannot hold it.`);
    return this.objection === null ? (fillTemplate(text, this.variables, encode) ?? '') : '';
  }

  private object(sentence: string): void {
    this.objection ??= sentence;
  }
}
