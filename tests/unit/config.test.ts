import fc from 'fast-check';
import type { Config } from '../../src/config.ts';
import { ConfigError, isLoopback, readConfig, settings } from '../../src/config.ts';

const id = '11111111-2222-4333-8444-555555555555';
const tenant = 'AAAAAAAA-2222-4333-8444-555555555555';
const deployed = {
  LINESIDE_MODE: 'deployed',
  MICROSOFT_APP_ID: id,
  MICROSOFT_APP_PASSWORD: 'hunter2-hunter2',
  MICROSOFT_APP_TENANT_ID: tenant,
  ALLOWED_TENANTS: tenant,
};

const faultsOf = (env: Record<string, string>, argv: string[] = []): Record<string, string> => {
  try {
    readConfig(env, argv);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.faults.map(({ name, message }) => [name, message]));
  }
  throw new Error('was accepted');
};

describe('local mode', () => {
  test('needs nothing', () => {
    expect(readConfig({})).toEqual({
      mode: 'local',
      playground: false,
      playgroundPort: 56150,
      host: '127.0.0.1',
      port: 3978,
      dataDir: 'data',
      files: { hosts: [], loopback: true, maxBytes: 100_000_000 },
      siteFile: 'env/site.demo.json',
      allowedTenants: [],
      serviceHosts: ['127.0.0.1', 'localhost', '[::1]'],
      metrics: { at: 'main' },
      logLevel: 'info',
      maxBodyBytes: 262_144,
      ratePerMinute: 60,
      instances: 1,
    });
  });

  test('starts the Playground when asked', () => {
    expect(readConfig({}, ['--playground']).playground).toBe(true);
  });

  test('refuses a bot id, and says how to go on', () => {
    const { MICROSOFT_APP_ID } = faultsOf({ MICROSOFT_APP_ID: id });
    expect(MICROSOFT_APP_ID).toContain('LINESIDE_MODE=deployed');
  });

  test.each(['0.0.0.0', '::', '10.0.0.4', 'example.com', '127.0.0.1.example.com'])(
    'does not listen on %s',
    (HOST) => {
      expect(Object.keys(faultsOf({ HOST, METRICS_HOST: HOST }))).toEqual(['HOST', 'METRICS_HOST']);
    },
  );

  test.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('listens on %s', (HOST) => {
    expect(readConfig({ HOST }).host).toBe(HOST);
  });

  test('talks to loopback only, whatever SERVICE_HOSTS says', () => {
    expect(readConfig({ SERVICE_HOSTS: 'evil.example' }).serviceHosts).toEqual([
      '127.0.0.1',
      'localhost',
      '[::1]',
    ]);
  });

  test('admits only the listed tenants if there is a list', () => {
    expect(readConfig({ ALLOWED_TENANTS: tenant }).allowedTenants).toEqual([tenant.toLowerCase()]);
  });
});

describe('deployed mode', () => {
  test('takes a whole registration', () => {
    expect(readConfig(deployed)).toMatchObject({
      mode: 'deployed',
      host: '0.0.0.0',
      bot: { id, type: 'SingleTenant', password: 'hunter2-hunter2', tenantId: tenant },
      allowedTenants: [tenant.toLowerCase()],
      metrics: { at: 'own', host: '127.0.0.1', port: 9464 },
    });
    expect(readConfig(deployed).siteFile).toBeUndefined();
  });

  test('refuses to start without a bot id and a list of tenants', () => {
    expect(Object.keys(faultsOf({ LINESIDE_MODE: 'deployed' })).sort()).toEqual([
      'ALLOWED_TENANTS',
      'MICROSOFT_APP_ID',
      'MICROSOFT_APP_PASSWORD',
      'MICROSOFT_APP_TENANT_ID',
    ]);
    expect(faultsOf({ ...deployed, ALLOWED_TENANTS: ' , ' })).toHaveProperty('ALLOWED_TENANTS');
    expect(faultsOf({ ...deployed, MICROSOFT_APP_ID: '  ' })).toHaveProperty('MICROSOFT_APP_ID');
  });

  test('a managed identity has a tenant and no secret', () => {
    expect(Object.keys(faultsOf({ ...deployed, MICROSOFT_APP_TYPE: 'UserAssignedMSI' }))).toEqual([
      'MICROSOFT_APP_PASSWORD',
    ]);
    const config = readConfig({
      ...deployed,
      MICROSOFT_APP_TYPE: 'UserAssignedMSI',
      MICROSOFT_APP_PASSWORD: '',
    });
    expect(config.bot).toEqual({ id, type: 'UserAssignedMSI', tenantId: tenant });
  });

  test('an application of many tenants needs none of its own', () => {
    const config = readConfig({
      ...deployed,
      MICROSOFT_APP_TYPE: 'MultiTenant',
      MICROSOFT_APP_TENANT_ID: '',
    });
    expect(config.bot).toEqual({ id, type: 'MultiTenant', password: 'hunter2-hunter2' });
  });

  test('the Playground is refused', () => {
    expect(Object.keys(faultsOf(deployed, ['--playground']))).toEqual(['--playground']);
  });

  test.each([
    'com',
    'https://smba.trafficmanager.net',
    'a.example/path',
    '*.example.com',
    'a.example:8080',
    '',
  ])('SERVICE_HOSTS %j is no list of hosts, or nothing', (SERVICE_HOSTS) => {
    if (SERVICE_HOSTS === '') expect(readConfig({ ...deployed, SERVICE_HOSTS }).serviceHosts).toHaveLength(4);
    else expect(faultsOf({ ...deployed, SERVICE_HOSTS })).toHaveProperty('SERVICE_HOSTS');
  });

  test('SERVICE_HOSTS is read in lower case, without gaps', () => {
    const SERVICE_HOSTS = ' SMBA.trafficmanager.net, , botframework.com ';
    expect(readConfig({ ...deployed, SERVICE_HOSTS }).serviceHosts).toEqual([
      'smba.trafficmanager.net',
      'botframework.com',
    ]);
  });
});

describe('the store', () => {
  test('is Cosmos DB when an endpoint is given', () => {
    const config = readConfig({ COSMOS_ENDPOINT: 'https://a.documents.azure.com', AZURE_CLIENT_ID: id });
    expect(config.cosmos).toEqual({
      endpoint: 'https://a.documents.azure.com',
      database: 'lineside',
      container: 'documents',
      identityClientId: id,
    });
  });

  test('takes http on this machine only', () => {
    expect(readConfig({ COSMOS_ENDPOINT: 'http://127.0.0.1:8081', COSMOS_KEY: 'k' }).cosmos?.key).toBe('k');
    expect(faultsOf({ COSMOS_ENDPOINT: 'http://a.documents.azure.com' })).toHaveProperty('COSMOS_ENDPOINT');
  });

  test('a key without an endpoint is a fault', () => {
    expect(faultsOf({ COSMOS_KEY: 'k' })).toHaveProperty('COSMOS_ENDPOINT');
  });
});

test.each<[string, Record<string, string>, Config['metrics']]>([
  ['off', { METRICS_PORT: '0' }, { at: 'off' }],
  ['of its own', { METRICS_PORT: '9999' }, { at: 'own', host: '127.0.0.1', port: 9999 }],
])('a metrics port %s', (_, env, metrics) => {
  expect(readConfig(env).metrics).toEqual(metrics);
});

test.each([
  ['PORT', 'x'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '39 78'],
  ['PORT', '3978.5'],
  ['LINESIDE_MODE', 'production'],
  ['LOG_LEVEL', 'verbose'],
  ['RATE_PER_MINUTE', '0'],
  ['INSTANCES', '0'],
  ['MAX_BODY_BYTES', '99999999'],
  ['AZURE_CLIENT_ID', 'me'],
])('%s=%j is refused, with the value and what is allowed', (name, value) => {
  const message = faultsOf({ [name]: value })[name];
  expect(message).toContain(JSON.stringify(value));
  expect(message).toMatch(/must be/);
});

test('all faults are told together, each once', () => {
  const env = {
    ...deployed,
    PORT: 'x',
    LOG_LEVEL: 'loud',
    MICROSOFT_APP_ID: 'nope',
    ALLOWED_TENANTS: 'nope',
  };
  const faults = faultsOf(env, ['--verbose', '--playground']);
  expect(Object.keys(faults).sort()).toEqual([
    '--playground',
    '--verbose',
    'ALLOWED_TENANTS',
    'LOG_LEVEL',
    'MICROSOFT_APP_ID',
    'PORT',
  ]);
});

test('a secret, or what looks like one, is never in a message', () => {
  const connection = 'AccountEndpoint=https://a.documents.azure.com;AccountKey=c2VjcmV0;';
  const attempt = () => readConfig({ ...deployed, PORT: 'x', COSMOS_ENDPOINT: connection });
  expect(attempt).toThrow(/COSMOS_ENDPOINT: must be an https/);
  expect(attempt).not.toThrow(/c2VjcmV0|hunter2/);
});

test('a config cannot be changed, at any depth', () => {
  type Open = { port: number; allowedTenants: string[]; bot: { id: string } };
  const config = readConfig(deployed) as unknown as Open;
  expect(() => (config.port = 1)).toThrow(TypeError);
  expect(() => config.allowedTenants.push('x')).toThrow(TypeError);
  expect(() => (config.bot.id = 'x')).toThrow(TypeError);
});

test('any environment at all gives a config or a ConfigError that names variables only', () => {
  const names = Object.keys(settings);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (env) => {
      try {
        readConfig(env);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        for (const { name } of (error as ConfigError).faults) expect(names).toContain(name);
      }
    }),
  );
});

test.each([
  ['127.0.0.1', true],
  ['[::1]', true],
  ['LOCALHOST', true],
  ['128.0.0.1', false],
  ['127.0.0.1.nip.example', false],
  ['localhost.example', false],
])('%s is loopback: %s', (name, expected) => {
  expect(isLoopback(name)).toBe(expected);
});

describe('files', () => {
  test('lie in Blob Storage when it is named, by address or by connection string', () => {
    expect(readConfig({}).blob).toBeUndefined();
    expect(
      readConfig({ BLOB_ENDPOINT: 'https://a.blob.core.windows.net', AZURE_CLIENT_ID: id }).blob,
    ).toEqual({
      endpoint: 'https://a.blob.core.windows.net',
      container: 'files',
      identityClientId: id,
    });
    const BLOB_CONNECTION_STRING = 'AccountName=a;AccountKey=k';
    expect(readConfig({ BLOB_CONNECTION_STRING }).blob).toEqual({
      connectionString: BLOB_CONNECTION_STRING,
      container: 'files',
    });
    expect(
      faultsOf({ BLOB_CONNECTION_STRING, BLOB_ENDPOINT: 'https://a.blob.core.windows.net' }),
    ).toHaveProperty('BLOB_ENDPOINT');
    expect(faultsOf({ BLOB_ENDPOINT: 'http://a.blob.core.windows.net' })).toHaveProperty('BLOB_ENDPOINT');
  });

  test('come from listed hosts, and are of a size', () => {
    expect(readConfig({ ...deployed, FILE_HOSTS: 'SharePoint.cn', MAX_FILE_MB: '5' }).files).toEqual({
      hosts: ['sharepoint.cn'],
      loopback: false,
      maxBytes: 5_000_000,
    });
    expect(faultsOf({ ...deployed, FILE_HOSTS: 'cn' })).toHaveProperty('FILE_HOSTS');
    expect(faultsOf({ MAX_FILE_MB: '251' })).toHaveProperty('MAX_FILE_MB');
  });
});
