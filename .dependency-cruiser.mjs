/** No module depends on itself by way of others, types included, which `import-x/no-cycle` passes over. */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Put what both need into a types.ts that imports nothing of its folder.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['^src/compute/.*/assembly/'] },
    includeOnly: ['^src'],
  },
}
