/** The metrics, on a listener of their own: figures about a customer's plant are nobody else's business. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface MetricsServer {
  port: number;
  close(): Promise<void>;
}

/** Serves GET /metrics. @param host loopback unless the scraper runs elsewhere */
export async function serveMetrics(
  registry: Registry,
  port: number,
  host = '127.0.0.1',
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    // No chaining: restify patches writeHead of every response in the process, and returns nothing.
    const answer = (status: number, text = '', type = 'text/plain') => {
      response.writeHead(status, { 'content-type': type });
      response.end(text);
    };
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') return answer(404);
    registry.metrics().then(
      (text) => answer(200, text, registry.contentType),
      () => answer(500),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
