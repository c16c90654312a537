// A real HTTP server over a small built web app, for tests.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { refused } from '../../../api/domain/errors.ts';
import { createHttp, type Http, type HttpSettings } from '../../../api/http/server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface WebServer {
  readonly http: Http;
  readonly url: string;
  readonly port: number;
  /** Name of a file beside the web app's folder, which must never be served. */
  readonly beside: string;
  readonly logged: { readonly fields: object; readonly message: string }[];
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer>;
  end(): Promise<void>;
}

export const PAGE = '<!doctype html><title>Muster</title>';

export async function startWebServer(changes: Partial<HttpSettings> = {}, prepare: (http: Http) => void = () => {}): Promise<WebServer> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets', 'index-B4x9.js'), 'export {};');
  writeFileSync(join(folder, '.secret'), 'canary');
  writeFileSync(`${folder}-beside.txt`, 'canary');

  const logged: { fields: object; message: string }[] = [];
  const keep = (fields: object, message: string): void => void logged.push({ fields, message });
  const http = createHttp({
    host: '127.0.0.1',
    isTls: false,
    publicUrlAt: (port) => `http://127.0.0.1:${port}`,
    webFolder: folder,
    log: { error: keep, warn: keep },
    ping: async () => 1,
    readRawOutput: async () => refused('NOT_FOUND', 'There is no drill here.'),
    storage: { state: () => ({ isWritable: true }) },
    ...changes,
  });
  prepare(http);
  const listening = await http.listen(0);
  if (listening.kind !== 'listening') throw new Error(`not listening: ${listening.kind}`);
  return {
    http,
    logged,
    url: listening.url,
    port: listening.port,
    beside: `${basename(folder)}-beside.txt`,
    ask: (path, options = {}) => ask(listening.port, path, options),
    end: async () => {
      await http.close();
      rmSync(folder, { recursive: true, force: true });
      rmSync(`${folder}-beside.txt`, { force: true });
    },
  };
}

/** By node:http, which sends the path and the headers as they are; fetch would tidy them. */
function ask(port: number, path: string, options: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = plainRequest(
      { port, host: '127.0.0.1', path, method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}
