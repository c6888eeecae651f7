/** Who is in a group of the tenant, through Microsoft Graph: the raw material of a site's roster. */
import type { TokenCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';

/** Application permission that the registration needs: GroupMember.Read.All. */
const scope = 'https://graph.microsoft.com/.default';
/** A site's people fit in this; more is a wrong group. */
const maxPeople = 2_000;

export interface GraphOptions {
  credential: TokenCredential;
  /** The service, with a slash at its end; Microsoft's public cloud unless given. */
  baseUrl?: string;
}

export interface GraphPerson {
  name: string;
  aadObjectId: string;
  jobTitle?: string;
}

/**
 * The people of a group, nested groups included, in the order of their names.
 * @throws GraphError of the client (401, 403, 404, 429 after its own retries)
 */
export async function peopleOfGroup(
  groupId: string,
  { credential, baseUrl }: GraphOptions,
): Promise<GraphPerson[]> {
  const client = Client.initWithMiddleware({
    authProvider: {
      async getAccessToken() {
        const token = await credential.getToken(scope);
        if (!token) throw new Error('no token for Microsoft Graph');
        return token.token;
      },
    },
    ...(baseUrl ? { baseUrl, customHosts: new Set([new URL(baseUrl).hostname]) } : {}),
  });
  const people: GraphPerson[] = [];
  let path: string | undefined =
    `/groups/${encodeURIComponent(groupId)}/transitiveMembers/microsoft.graph.user?$select=id,displayName,jobTitle&$top=200`;
  while (path !== undefined && people.length < maxPeople) {
    const page = (await client.api(path).get()) as Page;
    for (const { id, displayName, jobTitle } of page.value) {
      people.push({ name: displayName ?? id, aadObjectId: id, ...(jobTitle ? { jobTitle } : {}) });
    }
    path = pathOf(page['@odata.nextLink']);
  }
  return people.sort((a, b) => a.name.localeCompare(b.name));
}

interface Page {
  value: { id: string; displayName?: string; jobTitle?: string | null }[];
  '@odata.nextLink'?: string;
}

/** Without its host: the next page comes from where the first did, and the token goes nowhere else. */
function pathOf(link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  const { pathname, search } = new URL(link);
  return pathname.replace(/^\/(v1\.0|beta)/, '') + search;
}
