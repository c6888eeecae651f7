/** Fetching and handing over files: which hosts, how much, and with what along. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { TooLargeError } from '../../src/files/files.ts';
import { admittedUrl } from '../../src/files/hosts.ts';
import type { TransferError, Transfers } from '../../src/files/transfers.ts';
import { openTransfers } from '../../src/files/transfers.ts';

const listed = { hosts: ['sharepoint.com', 'svc.ms'], loopback: false };

test.each([
  ['https://contoso-my.sharepoint.com/download.aspx?tempauth=abc', true],
  ['https://sharepoint.com/x', true],
  ['https://westeurope1-0.pushnp.svc.ms/x', true],
  ['http://contoso.sharepoint.com/x', false],
  ['https://contoso.sharepoint.com:8443/x', false],
  ['https://evilsharepoint.com/x', false],
  ['https://sharepoint.com.evil.example/x', false],
  ['https://contoso.sharepoint.com@evil.example/x', false],
  ['https://user:pass@contoso.sharepoint.com/x', false],
  ['http://169.254.169.254/metadata', false],
  ['http://127.0.0.1/x', false],
  ['file:///etc/passwd', false],
  ['not an address', false],
])('%s: %s', (address, admitted) => {
  expect(admittedUrl(address, listed) !== undefined).toBe(admitted);
});

test('local mode knows this machine only', () => {
  const rule = { hosts: ['sharepoint.com'], loopback: true };
  expect(admittedUrl('http://127.0.0.1:4000/x', rule)).toBeDefined();
  expect(admittedUrl('https://contoso.sharepoint.com/x', rule)).toBeUndefined();
  expect(admittedUrl('ftp://127.0.0.1/x', rule)).toBeUndefined();
});

/** Not chained: restify's patch of node's http gives nothing back. */
function respond(response: ServerResponse, status: number, body: string, headers = {}): void {
  response.writeHead(status, headers);
  response.end(body);
}

describe('over the network', () => {
  let server: Server;
  let origin: string;
  let transfers: Transfers;
  const seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('latin1').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const url = request.url ?? '';
        seen.push({ method: request.method ?? '', url, headers: request.headers, body });
        if (url === '/hop') return void respond(response, 302, '', { location: '/file' });
        if (url === '/away') return void respond(response, 302, '', { location: 'https://evil.example/x' });
        if (url === '/loop') return void respond(response, 302, '', { location: '/loop' });
        if (url === '/expired') return void respond(response, 403, 'expired');
        if (url === '/busy') return void respond(response, 503, '');
        if (url === '/cut') {
          response.writeHead(200, { 'content-length': 100 });
          response.write('part');
          return void setImmediate(() => response.destroy());
        }
        if (url === '/slow') {
          response.writeHead(200);
          return void response.write('x');
        }
        if (url === '/huge') return void respond(response, 200, 'x', { 'content-length': 300_000_000 });
        return void respond(response, 200, 'content');
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    transfers = openTransfers({ hosts: [], loopback: true });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const text = async (path: string, use = transfers): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await use.download(`${origin}${path}`, 1000)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const outcome = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: TransferError) => error.outcome,
    );

  test('a file comes, also behind a redirection, and no credential goes', async () => {
    expect(await text('/file')).toBe('content');
    expect(await text('/hop')).toBe('content');
    for (const { headers } of seen) expect(headers.authorization ?? headers.cookie).toBeUndefined();
  });

  test('a redirection to a host that is not listed is not followed, nor one without end', async () => {
    expect(await outcome(text('/away'))).toBe('foreign');
    expect(await outcome(text('/loop'))).toBe('gone');
    expect(await outcome(transfers.download('https://evil.example/x', 10))).toBe('foreign');
  });

  test('what an answer means', async () => {
    expect(await outcome(text('/expired'))).toBe('gone');
    expect(await outcome(text('/busy'))).toBe('later');
    expect(await outcome(text('/cut'))).toBe('later');
    await expect(text('/huge')).rejects.toThrow(TooLargeError);
  });

  test('a message of ours never holds the address, which is a key to the file', async () => {
    const error = await text('/expired?tempauth=secret').catch((failure: Error) => failure);
    expect(String(error)).not.toContain('tempauth');
  });

  test('whoever sends nothing is left after a time, and at a stop at once', async () => {
    expect(await outcome(text('/slow', openTransfers({ hosts: [], loopback: true, timeoutMs: 50 })))).toBe(
      'later',
    );
    const closing = openTransfers({ hosts: [], loopback: true });
    const slow = outcome(text('/slow', closing));
    closing.close();
    expect(await slow).toBe('later');
  });

  test('a file goes in one piece, with its range and without a token', async () => {
    await transfers.upload(`${origin}/put?key=1`, Readable.from([Buffer.from('abc')]), 3);
    expect(seen.at(-1)).toMatchObject({ method: 'PUT', url: '/put?key=1', body: 'abc' });
    expect(seen.at(-1)?.headers).toMatchObject({ 'content-range': 'bytes 0-2/3', 'content-length': '3' });
    expect(seen.at(-1)?.headers.authorization).toBeUndefined();
    expect(await outcome(transfers.upload(`${origin}/expired`, Readable.from([Buffer.from('a')]), 1))).toBe(
      'gone',
    );
  });
});
