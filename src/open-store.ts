import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Store } from './store/store.ts';

/** The store that the configuration names. Cosmos DB's client is loaded only where it is used: it costs a quarter second. */
export async function openStore(config: Pick<Config, 'cosmos' | 'dataDir'>, clock: Clock): Promise<Store> {
  if (!config.cosmos) {
    const { openSqliteStore } = await import('./store/sqlite.ts');
    return openSqliteStore({ file: join(config.dataDir, 'lineside.db'), clock });
  }
  const { openCosmosStore } = await import('./store/cosmos.ts');
  const { identityClientId, ...options } = config.cosmos;
  if (options.key) return openCosmosStore({ ...options, clock });
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential(
    identityClientId ? { managedIdentityClientId: identityClientId } : {},
  );
  return openCosmosStore({ ...options, credential, clock });
}
