// Blob Storage for files, without keys: the one identity below may read and write blobs, and nothing else.
param name string
param location string
param principalId string

var containerName = 'files'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource service 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    // What was removed by mistake can be brought back for as long as Cosmos DB can.
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: service
  name: containerName
  properties: {
    publicAccess: 'None'
  }
}

// Storage Blob Data Contributor
var dataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource mayReadAndWrite 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, dataContributor)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataContributor)
  }
}

output endpoint string = account.properties.primaryEndpoints.blob
output container string = containerName
