// Cosmos DB, serverless, without keys: the one identity below may read and write data, and nothing else.
param name string
param location string
param principalId string

var databaseName = 'lineside'
var containerName = 'documents'

// As src/store/cosmos.ts creates it where it may: only what queries look at is indexed.
var indexed = [
  'site'
  'type'
  'kind'
  'status'
  'open'
  'severity'
  'owner'
  'dueAt'
  'updatedAt'
  'wakeAt'
  'expiresAt'
  'sort'
  'search'
]

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: name
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [
      {
        name: 'EnableServerless'
      }
    ]
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: false
      }
    ]
    // Two instances must see each other's writes at once: a press on a card may reach any of them.
    consistencyPolicy: {
      defaultConsistencyLevel: 'Strong'
    }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous7Days'
      }
    }
    disableLocalAuth: true
    minimalTlsVersion: 'Tls12'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-05-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: {
      id: databaseName
    }
  }
}

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-05-15' = {
  parent: database
  name: containerName
  properties: {
    resource: {
      id: containerName
      partitionKey: {
        paths: [
          '/site'
        ]
        kind: 'Hash'
        version: 2
      }
      // On, with no default: items that carry a ttl go, the others stay.
      defaultTtl: -1
      indexingPolicy: {
        indexingMode: 'consistent'
        automatic: true
        includedPaths: [for field in indexed: {
          path: '/${field}/?'
        }]
        excludedPaths: [
          {
            path: '/*'
          }
        ]
      }
    }
  }
}

// Cosmos DB Built-in Data Contributor
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource mayReadAndWrite 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-05-15' = {
  parent: account
  name: guid(account.id, principalId, dataContributor)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    scope: account.id
  }
}

output endpoint string = account.properties.documentEndpoint
output database string = databaseName
output container string = containerName
