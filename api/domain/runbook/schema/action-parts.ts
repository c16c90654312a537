// The parts of the language about what the app's own machine does over the network: requests, connections, look-ups.
import { HTTP_METHODS } from '../raw-runbook.ts';
import { DNS_TYPES } from '../runbook.ts';
import { MOST_ENTRIES, objectOf, part, textOf } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

/** 1 to 65535. */
const PORT = String.raw`([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])`;
/** A name, an address, or a value such as `${host}`; an IPv6 address stands in brackets where a port may follow. */
const HOST = String.raw`(\[[0-9A-Fa-f:.]+\]|[^\s:/?#\[\]@]+)`;
/** Longer ones are refused by many servers. */
const LONGEST_URL = 2_000;
const LONGEST_HEADER = 4_000;
/** What a name in DNS can be long, with room for a value in braces. */
const LONGEST_HOST = 300;

const HTTP_REMEDY = 'Write `https://…`, or an object with `url`.';

export const ACTION_PARTS: Readonly<Record<string, JsonSchema>> = {
  url: {
    type: 'string',
    maxLength: LONGEST_URL,
    pattern: String.raw`^https?://[^\s\u0000-\u001F\u007F]+$`,
    examples: ['https://pay.example.com/health', 'https://${host}/status?site=${site}'],
    'x-code': 'bad-url',
    'x-problem': 'is not an address that begins with https:// or http://',
    'x-remedy': HTTP_REMEDY,
  },
  httpRequest: {
    type: ['string', 'object'],
    maxLength: LONGEST_URL,
    pattern: String.raw`^https?://[^\s\u0000-\u001F\u007F]+$`,
    properties: {
      url: part('url', 'Where to. `${name}` stands for an input or captured value, percent-encoded.'),
      method: { enum: HTTP_METHODS, default: 'GET', description: 'GET unless given. GET and HEAD count as read-only, PUT and DELETE as idempotent.' },
      headers: {
        type: 'object',
        propertyNames: part('headerName'),
        additionalProperties: {
          type: 'string',
          maxLength: LONGEST_HEADER,
          pattern: String.raw`^[^\u0000-\u0008\u000A-\u001F\u007F]*$`,
          'x-problem': 'holds a line end or another control character',
          'x-remedy': 'Write it in one line.',
        },
        maxProperties: MOST_ENTRIES,
        description: 'Headers by name; `${name}` stands for a value.',
      },
      body: {
        type: ['string', 'object', 'array'],
        items: part('json'),
        additionalProperties: part('json'),
        description:
          'Text, or keys or a list that are sent as JSON. `${name}` stands for a value, encoded as the content type asks: JSON and forms are safe.',
      },
    },
    required: ['url'],
    additionalProperties: false,
    'x-code': 'bad-url',
    'x-problem': 'is not a request',
    'x-remedy': HTTP_REMEDY,
  },
  json: {
    type: ['string', 'number', 'boolean', 'null', 'object', 'array'],
    items: part('json'),
    additionalProperties: part('json'),
  },
  tcp: {
    type: ['string', 'object'],
    maxLength: LONGEST_HOST,
    pattern: `^${HOST}:${PORT}$`,
    properties: {
      host: {
        type: 'string',
        maxLength: LONGEST_HOST,
        pattern: String.raw`^[^\s/?#@]+$`,
        description: 'Name or address; `${name}` stands for a value.',
      },
      port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'Port.' },
    },
    required: ['host', 'port'],
    additionalProperties: false,
    description: 'Holds when a connection can be opened: `host:port`, or `{host, port}`.',
    examples: ['db-1.example.com:5432'],
    'x-code': 'bad-address',
    'x-problem': 'is not a host and a port',
    'x-remedy': 'Write `host:port`, or `{host: …, port: …}`.',
  },
  dns: objectOf(
    {
      name: { ...textOf('Name to ask for; `${name}` stands for a value.'), maxLength: LONGEST_HOST, pattern: String.raw`^\S+$` },
      type: { enum: DNS_TYPES, default: 'A', description: 'Kind of record; A unless given.' },
      server: {
        type: 'string',
        maxLength: LONGEST_HOST,
        pattern: `^${HOST}(:${PORT})?$`,
        description: 'Server to ask, `address` or `address:port`; the resolver of the machine unless given.',
        examples: ['10.0.0.53', '10.0.0.53:5353'],
        'x-code': 'bad-address',
        'x-problem': 'is not an address, nor an address and a port',
        'x-remedy': 'Write `10.0.0.53` or `10.0.0.53:53`; an IPv6 address in brackets.',
      },
    },
    ['name'],
  ),
};
