import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Files } from './files/files.ts';
import { openFolder } from './files/folder.ts';

/** Where files lie, as the configuration says. Blob Storage's client is loaded only where it is used. */
export async function openFiles(config: Pick<Config, 'blob' | 'dataDir'>): Promise<Files> {
  if (!config.blob) return openFolder(filesFolder(config));
  const { openBlobs } = await import('./files/blob.ts');
  const { container, connectionString, endpoint, identityClientId } = config.blob;
  if (connectionString) return openBlobs({ container, at: { connectionString } });
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential(
    identityClientId ? { managedIdentityClientId: identityClientId } : {},
  );
  return openBlobs({ container, at: { endpoint: endpoint ?? '', credential } });
}

/** The embedded default, beside the store's own file. */
export const filesFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'files');
