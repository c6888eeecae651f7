import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeGraph {
  baseUrl: string;
  /** Of each request, in order. */
  requests: { path: string; authorization: string | undefined }[];
  close(): Promise<void>;
}

interface User {
  id: string;
  displayName?: string;
  jobTitle?: string | null;
}

/** Microsoft Graph on loopback, as far as a group's members go: pages of two, and a first answer of your choice. */
export async function startGraph(
  groups: Record<string, User[]>,
  failFirst?: { status: number; headers?: Record<string, string> },
): Promise<FakeGraph> {
  const requests: FakeGraph['requests'] = [];
  let failing = failFirst;
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
    // In two steps: restify, where a test of the same worker loaded it, has writeHead return nothing.
    const answer = (status: number, body: object, headers = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (failing) {
      const { status, headers } = failing;
      failing = undefined;
      return answer(status, { error: { code: 'tooManyRequests', message: 'slow down' } }, headers);
    }
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const group = /^\/v1\.0\/groups\/([^/]+)\/transitiveMembers\/microsoft\.graph\.user$/.exec(
      url.pathname,
    )?.[1];
    const users = group === undefined ? undefined : groups[group];
    if (!users)
      return answer(404, { error: { code: 'Request_ResourceNotFound', message: 'there is no such group' } });
    const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
    const next = new URL(url);
    next.searchParams.set('$skiptoken', String(skip + 2));
    answer(200, {
      value: users.slice(skip, skip + 2),
      ...(skip + 2 < users.length ? { '@odata.nextLink': next.href } : {}),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}
