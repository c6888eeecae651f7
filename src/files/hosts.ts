/** Which addresses files may come from and go to. A link in a message is somebody's word for where to connect. */

export interface HostRule {
  /** Lower case; each with everything under it. */
  hosts: readonly string[];
  /** Local mode: this machine only, over http too. */
  loopback: boolean;
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The address, if it may be used: https on its own port, to a listed host, with no name and password in it. */
export function admittedUrl(address: string, rule: HostRule): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return undefined;
  if (rule.loopback) return loopback.has(url.hostname) && /^https?:$/.test(url.protocol) ? url : undefined;
  if (url.protocol !== 'https:' || url.port !== '') return undefined;
  return rule.hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
    ? url
    : undefined;
}

/** The host of an address, as a person may see it; empty where it has none. */
export const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');
