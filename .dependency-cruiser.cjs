// The arrows of ARCHITECTURE.md as rules. Run by `npm test`.

/** Upstream first: a folder imports from itself and from those before it. */
const flow = ['ingest', 'facts', 'metrics', 'scores', 'appraisal', 'outcomes'];
/** What any feature may know of people: who acts, what they may do, that it is written down. */
const people = '^src/people/(actor|actors|authorise|permissions|audit|mask|reveal|schemas)\\.ts$';
/** What any feature may know of the ledger: how to say something in it. */
const saying = '^src/ledger/(appendEntries|canonicalJson|ledgerContent|records)\\.ts$';
/** What verifies: the tree's mathematics, notes, receipts, and the score computed again. */
const verifying =
  '^src/ledger/(base64|canonicalJson|checkpoint|note|receipt|receiptWords|records|rescore|schemas|tiles|tlogProof|tree|verifyReceipt)\\.ts$';
/** Files that talk to stores, sockets or the terminal; everything else in a flow folder is pure. */
const outward = '(/verbs/|/(\\w*[sS]tore|routes|\\w*[cC]ommand|publishTemplates)\\.ts$|\\.test\\.tsx?$|/testing\\.ts$)';
/** What of inspection reads shipped tables or runs the thread that inspects. */
const inspecting = '^src/quality/(loadText|rules/(pass|thread|inspectThread|trial|shippedFiles))\\.ts$';
/** The part of platform/ that is only words, shapes and types of failure: no engine, no socket, no clock. */
const wordsOfPlatform =
  '^src/platform/(errors|sentences|messages|command|language|log|writtenIssue|shapeSentences|yamlShape)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...flow.map((folder, index) => ({
      name: `${folder}-imports-upstream-only`,
      comment: `${flow.join(' → ')}: data flows down, so imports point up.`,
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^src/',
        pathNot: [`^src/(${flow.slice(0, index + 1).join('|')}|platform)/`, people, saying, '^src/config\\.ts$'],
      },
    })),
    {
      name: 'skills-and-review-come-after-the-flow',
      comment:
        'They read what the flow has and propose through its outcomes; nothing of the flow or of quality knows them.',
      severity: 'error',
      from: { path: '^src/(quality|insights|ledger|people|platform)/' },
      to: { path: '^src/(skills|review)/' },
    },
    {
      name: 'quality-stands-beside-the-flow',
      comment:
        'It reads facts and metrics, and what it confirms goes in where all rows do; nothing of the flow knows it.',
      severity: 'error',
      from: { path: '^src/quality/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(quality|ingest|facts|metrics|people|platform)/', '^src/config\\.ts$'] },
    },
    {
      name: 'ledger-knows-scores',
      comment:
        'What is said in it comes from every feature; of them it knows how a score is computed, to compute it again.',
      severity: 'error',
      from: { path: '^src/ledger/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(ledger|scores|people|platform)/', '^src/config\\.ts$'] },
    },
    {
      name: 'verification-needs-no-server',
      comment: 'Whoever has a receipt and a browser can verify it: no store, no file, no clock, no network.',
      severity: 'error',
      from: { path: verifying },
      to: {
        path: ['^src/(people|platform)/', outward, '^(node:)?(crypto|fs|path|os)$', '^pg$'],
        pathNot: wordsOfPlatform,
      },
    },
    {
      name: 'suggestions-reach-no-score',
      comment: 'What a language model says is kept apart: nothing that counts or scores knows of it.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/(quality/assistant|web)/', '^src/quality/routes\\.ts$', '^src/(main|start)\\.ts$'],
      },
      to: { path: '^src/quality/assistant/' },
    },
    {
      name: 'nothing-knows-upkeep',
      comment: 'It saves what is there; only the command line calls it, and the start clears up after it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(upkeep/|(commands|start)\\.ts$)' },
      to: { path: '^src/upkeep/' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/platform/', people, '^src/config\\.ts$'] },
    },
    {
      name: 'people-know-no-flow',
      severity: 'error',
      from: { path: '^src/people/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(people|platform)/', '^src/config\\.ts$'] },
    },
    {
      name: 'web-imports-schemas-and-pure-files',
      comment: 'What the browser loads must not drag in a server.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: [outward, '^src/\\w+\\.ts$', '^src/platform/'], pathNot: ['^src/web/', wordsOfPlatform] },
    },
    {
      name: 'web-reaches-no-server-module',
      severity: 'error',
      from: { path: '^src/web/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^(pg|pino|chdb|ffi-rs|better-auth|node_modules/(pg|pino|chdb|ffi-rs|better-auth|@clickhouse|@hono/node-server)/)',
        reachable: true,
      },
    },
    {
      name: 'pure-files-touch-no-io',
      comment: 'Domain logic takes time, randomness and data by argument.',
      severity: 'error',
      from: { path: '^src/(metrics|scores|quality|appraisal|outcomes|skills|review)/', pathNot: [outward, inspecting] },
      to: { path: '^src/platform/', pathNot: wordsOfPlatform, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-files-of-quality-reach-no-store',
      comment: 'Of other features they take what is pure as well.',
      severity: 'error',
      from: { path: '^src/quality/', pathNot: [outward, inspecting] },
      to: { path: outward, pathNot: '^src/platform/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-files-touch-no-node',
      severity: 'error',
      from: { path: '^src/(metrics|scores|quality|appraisal|outcomes|skills|review)/', pathNot: [outward, inspecting] },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'text-inspection-is-pure',
      comment: 'Tables and weights come in as bytes; the only thing it shares is what a card and an address look like.',
      severity: 'error',
      from: { path: '^src/quality/text/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src/|node:|fs|path)', pathNot: ['^src/quality/text/', '^src/people/mask\\.ts$', '^node:crypto$'] },
    },
    {
      name: 'product-knows-no-trainer',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(training|bench)/' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { path: '^(src|bench|tools)/' },
      to: { path: ['^test/', '\\.test\\.tsx?$'] },
    },
    {
      name: 'test-aids-stay-in-tests',
      severity: 'error',
      from: { path: '^src/(cli|main)\\.ts$|^src/web/main\\.tsx$' },
      to: { path: '^src/\\w+/test\\w+\\.ts$', reachable: true },
    },
    {
      name: 'production-needs-no-dev-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/web/', '\\.test\\.ts$', '/test\\w+\\.ts$'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'signals-and-planting-know-nothing-of-each-other',
      comment: 'Precision and recall are measured on gaming that the detectors cannot have read.',
      severity: 'error',
      from: { path: '^src/(insights|demo)/' },
      to: { path: '^src/(insights|demo)/', pathNot: '^src/$1/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
