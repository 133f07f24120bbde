/** The arrows of the house: src-* → shared, and no other (ARCHITECTURE.md, Rooms). */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-stands-alone',
      comment: 'shared/ runs in every process: it imports no outer room.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(src-|test/|scripts/)' },
    },
    {
      name: 'shared-has-no-io',
      comment: 'shared/ has no Node: effects are arguments.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-knows-no-protocol',
      comment: 'The rules do not know who asks.',
      severity: 'error',
      from: { path: '^shared/domain/' },
      to: { path: '^shared/protocol/' },
    },
    {
      name: 'rooms-do-not-meet',
      comment: 'Renderer, main and endpoint meet only in shared/.',
      severity: 'error',
      from: { path: '^src-([^/]+)/' },
      to: { path: '^src-', pathNot: '^src-$1/' },
    },
    {
      name: 'electron-in-the-shell-only',
      comment: 'Everything but src-main/shell also runs in plain Node.',
      severity: 'error',
      from: { path: '^(src-|shared/)', pathNot: '^src-main/shell/' },
      to: { path: '^(electron|node_modules/electron)(/|$)' },
    },
    {
      name: 'shell-is-a-leaf',
      comment: 'Only the Electron entry knows the shell.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(shell/|main\\.ts$)' },
      to: { path: '^src-main/shell/' },
    },
    {
      name: 'storage-is-a-library',
      comment: 'The storage could be published as it is: nothing of the application is in it.',
      severity: 'error',
      from: { path: '^src-main/store/sqlite-storage/' },
      to: { path: '^(src-|shared/)', pathNot: '^src-main/store/sqlite-storage/' },
    },
    {
      name: 'source-does-not-import-tests',
      comment: 'What ships does not depend on what proves it.',
      severity: 'error',
      from: { path: '^(src-|shared/)' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    exclude: { path: '\\.d\\.ts$' },
  },
}
