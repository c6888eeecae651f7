/** The import law: see docs/decisions and README "Structure". Inner rooms know nothing of outer ones. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: `^src/(${[from, ...allowed].join('|')})(/|\\.ts$)` },
});

const base = ['clock', 'errors', 'language'];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('kinds', 'kinds', base),
    only('store', 'store', [...base, 'log']),
    only('files', 'files', base),
    only('records', 'records', [...base, 'kinds', 'store/store', 'site']),
    only('intake', 'intake', [...base, 'kinds', 'site']),
    only('papers', 'papers', base),
    only('numbers', 'numbers', [...base, 'kinds', 'records', 'store/store', 'site']),
    only('render', 'render', [...base, 'kinds', 'records', 'intake', 'numbers', 'papers/paper', 'site']),
    only('jobs', 'jobs', [
      ...base,
      'kinds',
      'records',
      'intake',
      'numbers',
      'render',
      'papers',
      'store/store',
      'files/(files|sniff|transfers)',
      'site',
      'log',
      'metrics',
    ]),
    only('bot', 'bot', [
      ...base,
      'config',
      'log',
      'metrics',
      'kinds',
      'records',
      'intake',
      'numbers',
      'render',
      'papers',
      'jobs',
      'store/store',
      'files/(sniff|hosts|name)',
      'graph',
      'site',
    ]),
    only('graph', 'graph', [...base, 'config', 'log', 'site']),
    {
      name: 'teams-only-in-bot',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/bot/' },
      to: { path: 'node_modules/(botbuilder|botframework|@microsoft/teams-ai)' },
    },
    {
      name: 'pure-inside',
      severity: 'error',
      from: { path: '^src/(kinds|records|intake|numbers|render)/' },
      to: {
        path: '^(fs|node:fs|node:net|node:http|node:sqlite|restify)|node_modules/(@azure|restify|pino)',
        pathNot: '^(node:)?crypto$',
      },
    },
    { name: 'no-tests-in-src', severity: 'error', from: { path: '^src/' }, to: { path: '^tests/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
