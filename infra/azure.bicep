// Lineside on Azure, in one resource group: a managed identity that is the bot, its registration, a web app, Cosmos DB,
// Blob Storage and logs. There is no secret anywhere: the identity signs in to Teams, to the store and to the files.
targetScope = 'resourceGroup'

@description('Begins the name of every resource: small letters and digits.')
@minLength(4)
@maxLength(20)
param baseName string

@description('Shown in Teams and in the portal.')
@maxLength(42)
param botDisplayName string

@description('Tenants whose people may use the bot, parted by commas.')
@minLength(36)
param allowedTenants string

param location string = resourceGroup().location

@description('Plan of the web app. B1 serves a plant; from P0v3 on more than one instance makes sense.')
param planSku string = 'B1'

@description('Instances of the web app. They share the store and share the due work by leases.')
@minValue(1)
@maxValue(10)
param instances int = 1

@description('Days for which logs are kept.')
param logDays int = 30

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${baseName}-id'
  location: location
}

module logs 'modules/logs.bicep' = {
  name: 'logs'
  params: {
    name: '${baseName}-logs'
    location: location
    retentionInDays: logDays
  }
}

module store 'modules/store.bicep' = {
  name: 'store'
  params: {
    name: '${baseName}-cosmos'
    location: location
    principalId: identity.properties.principalId
  }
}

module files 'modules/files.bicep' = {
  name: 'files'
  params: {
    // An account's name takes neither hyphens nor capitals, and 24 characters.
    name: '${toLower(baseName)}file'
    location: location
    principalId: identity.properties.principalId
  }
}

module web 'modules/web.bicep' = {
  name: 'web'
  params: {
    name: '${baseName}-web'
    location: location
    planSku: planSku
    instances: instances
    identityId: identity.id
    workspaceId: logs.outputs.workspaceId
    settings: {
      LINESIDE_MODE: 'deployed'
      MICROSOFT_APP_TYPE: 'UserAssignedMSI'
      MICROSOFT_APP_ID: identity.properties.clientId
      MICROSOFT_APP_TENANT_ID: identity.properties.tenantId
      ALLOWED_TENANTS: allowedTenants
      AZURE_CLIENT_ID: identity.properties.clientId
      COSMOS_ENDPOINT: store.outputs.endpoint
      COSMOS_DATABASE: store.outputs.database
      COSMOS_CONTAINER: store.outputs.container
      BLOB_ENDPOINT: files.outputs.endpoint
      BLOB_CONTAINER: files.outputs.container
      INSTANCES: string(instances)
    }
  }
}

module registration 'modules/registration.bicep' = {
  name: 'registration'
  params: {
    name: '${baseName}-bot'
    displayName: botDisplayName
    endpoint: 'https://${web.outputs.host}/api/messages'
    clientId: identity.properties.clientId
    tenantId: identity.properties.tenantId
    identityId: identity.id
  }
}

// The Agents Toolkit writes these into env/.env.<name>, from where the manifest and the deployment take them.
output BOT_ID string = identity.properties.clientId
output BOT_DOMAIN string = web.outputs.host
output BOT_AZURE_APP_SERVICE_RESOURCE_ID string = web.outputs.id
