/** Which service URLs the bot speaks to: it sends its token there, so the list is checked before every call. */

/** Hosts of the Bot Connector in the public and government clouds; a subdomain of one is admitted too. */
export const defaultServiceHosts: readonly string[] = [
  'smba.trafficmanager.net',
  'botframework.com',
  'botframework.azure.us',
  'teams.microsoft.com',
  'teams.microsoft.us',
];

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Distinct URLs are few (one per region); the bound is against a list that someone fills on purpose. */
const remembered = 256;

export interface ServiceUrlRule {
  hosts: readonly string[];
  /** `only`: local mode; `also`: tests with a fake connector; `never`: production. */
  loopback: 'never' | 'also' | 'only';
}

/** Answers whether a service URL may be called. */
export function serviceUrlCheck(rule: ServiceUrlRule): (serviceUrl: string) => boolean {
  const hosts = rule.hosts.map((host) => host.toLowerCase());
  const known = new Map<string, boolean>();

  const admitted = (serviceUrl: string): boolean => {
    if (!URL.canParse(serviceUrl)) return false;
    const url = new URL(serviceUrl);
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
    if (rule.loopback !== 'never' && loopback.has(url.hostname)) {
      return url.protocol === 'http:' || url.protocol === 'https:';
    }
    if (rule.loopback === 'only') return false;
    if (url.protocol !== 'https:' || url.port !== '') return false;
    return hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  };

  return (serviceUrl) => {
    const before = known.get(serviceUrl);
    if (before !== undefined) return before;
    const answer = admitted(serviceUrl);
    if (known.size >= remembered) known.clear();
    known.set(serviceUrl, answer);
    return answer;
  };
}
