/**
 * Variables of the Agents Toolkit: teamsapp/*.yml, the manifest and infra/azure.parameters.json name them as
 * ${{NAME}}. The toolkit writes the empty ones while it provisions; secrets go into env/.env.<name>.user, which git
 * does not keep.
 */
export interface ToolkitVariable {
  what: string;
  /** What the committed template says; absent in an environment: not written there. */
  local?: string;
  dev?: string;
}

export const toolkitVariables: Readonly<Record<string, ToolkitVariable>> = {
  TEAMSFX_ENV: { what: 'Name of this environment.', local: 'local', dev: 'dev' },
  APP_NAME_SUFFIX: {
    what: "Behind the app's name, so that two environments can be told apart; empty in production.",
    local: '-local',
    dev: '-dev',
  },
  APP_WEBSITE_URL: {
    what: "The publisher's page. Set it and the two below before the app goes to an organisation.",
    local: 'https://www.example.com',
    dev: 'https://www.example.com',
  },
  APP_PRIVACY_URL: {
    what: "The publisher's privacy statement.",
    local: 'https://www.example.com/privacy',
    dev: 'https://www.example.com/privacy',
  },
  APP_TERMS_URL: {
    what: "The publisher's terms of use.",
    local: 'https://www.example.com/terms',
    dev: 'https://www.example.com/terms',
  },
  TEAMS_APP_ID: { what: 'The Teams app; written by teamsApp/create.', local: '', dev: '' },
  TEAMS_APP_TENANT_ID: { what: 'The tenant of that app; written by teamsApp/create.', local: '', dev: '' },
  BOT_ID: { what: "The bot's application id; written while provisioning.", local: '', dev: '' },
  BOT_DOMAIN: {
    what: 'Host of the bot. Locally the host of your dev tunnel; else written by arm/deploy.',
    local: '',
    dev: '',
  },
  BOT_OBJECT_ID: { what: 'Object id of the Entra application; written by aadApp/create.', local: '' },
  AZURE_SUBSCRIPTION_ID: { what: 'Where to provision; asked for when empty.', dev: '' },
  AZURE_RESOURCE_GROUP_NAME: { what: 'Asked for when empty.', dev: '' },
  RESOURCE_BASE_NAME: {
    what: 'Begins the name of every Azure resource: 4 to 20 small letters and digits, unique in the world.',
    dev: '',
  },
  ALLOWED_TENANT_IDS: { what: 'Tenants whose people may use the bot, parted by commas.', dev: '' },
  BOT_AZURE_APP_SERVICE_RESOURCE_ID: { what: 'The web app; written by arm/deploy.', dev: '' },
  TEAMS_APP_PUBLISHED_APP_ID: {
    what: 'The app in the catalogue of the organisation; written by teamsApp/publishAppPackage.',
    dev: '',
  },
};

/** Secrets that the toolkit writes into env/.env.<name>.user; never in a template. */
export const toolkitSecrets: readonly string[] = ['SECRET_BOT_PASSWORD'];
