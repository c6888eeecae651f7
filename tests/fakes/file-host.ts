/** Where Teams keeps people's files, on loopback: hands out what was put there, and takes what the bot sends. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface HostedFile {
  name: string;
  bytes: Buffer;
  /** Instead of handing the bytes out. */
  answer?: (response: ServerResponse) => void;
}

export class FileHost {
  readonly asked: Asked[] = [];
  readonly #files = new Map<string, HostedFile>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      this.asked.push({
        method: request.method ?? '',
        path,
        headers: request.headers,
        body: Buffer.concat(chunks),
      });
      // restify, loaded beside this, makes writeHead answer nothing.
      if (request.method === 'PUT') {
        response.writeHead(201);
        return response.end('{}');
      }
      const file = this.#files.get(path);
      if (file?.answer) return file.answer(response);
      response.writeHead(file ? 200 : 404);
      response.end(file?.bytes);
    });
  });

  static async start(): Promise<FileHost> {
    const host = new FileHost();
    await new Promise<void>((listening) => host.#server.listen(0, '127.0.0.1', listening));
    return host;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The files as Teams attaches them to a message: the content's address is good for whoever has it. */
  attach(...files: HostedFile[]): { attachments: object[] } {
    return {
      attachments: files.map((file) => {
        const path = `/files/${this.#files.size + 1}`;
        this.#files.set(path, file);
        return attached(file.name, `${this.origin}${path}?tempauth=secret`);
      }),
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((closed) => void this.#server.close(() => closed()));
  }
}

/** One attachment of a message, by the address where it can be fetched. */
export const attached = (name: string, downloadUrl: string): object => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: `https://contoso-my.sharepoint.com/personal/${encodeURIComponent(name)}`,
  name,
  content: { downloadUrl, uniqueId: 'f1', fileType: name.split('.').at(-1) ?? '' },
});
