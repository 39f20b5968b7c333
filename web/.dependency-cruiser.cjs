// Arrows point one way: page -> parts -> what the page knows (api, live, clock, i18n). Nothing points back, nothing goes round.
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'knowledge-does-not-draw', severity: 'error', from: { path: 'src/payment/' }, to: { path: 'src/(parts|states)/' } },
    {
      name: 'parts-do-not-know-the-page',
      severity: 'error',
      from: { path: 'src/(parts|payment|i18n)/' },
      to: { path: 'src/(main|checkout-page)\\.tsx$' },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '(\\.d\\.ts|\\.test\\.tsx?|\\.css|test-support)' }, to: {} },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true },
};
