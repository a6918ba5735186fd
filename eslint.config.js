import js from '@eslint/js'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'
import { importX, createNodeResolver } from 'eslint-plugin-import-x'

/**
 * Which room may import which (see ARCHITECTURE.md). `errors.ts` and `types.ts` at the top of src are the
 * shared vocabulary and may be imported from anywhere; every room may import itself.
 */
const mayImport = {
  graph: [],
  formats: ['graph'],
  layout: ['graph'],
  view: ['graph', 'layout'],
  images: [],
  heads: [],
  keeping: ['graph', 'heads'],
  texts: ['images'],
  compute: ['graph', 'formats', 'images', 'heads'],
  workers: ['graph', 'formats', 'layout', 'view', 'images', 'keeping', 'compute'],
  store: ['texts', 'graph', 'heads', 'layout', 'view', 'images', 'keeping', 'workers'],
  actions: ['store', 'texts', 'view', 'images'],
  ui: ['actions', 'store', 'texts', 'graph', 'heads', 'layout', 'view', 'images'],
}
const rooms = Object.keys(mayImport)

/**
 * The three doors of `src/heads`. What the list of a door imports comes into the bundle of whoever imports the list, so
 * one room each may import those of fits and of panels, and all else only knows specs. `tools` is what of that room
 * stands behind the door, too.
 */
const doors = [
  { files: './src/heads/{!(fits|panels).ts,*/!(fit.*|panel.*)}', rooms: ['graph'] },
  {
    list: './src/heads/fits.ts',
    files: './src/heads/{fits.ts,*/fit.*,*/fit/**/*}',
    rooms: ['graph', 'compute'],
    opensTo: 'compute',
    tools: ['./head', './kernels', './tail', './backends', './jobs.ts', './tuning/program-rows.ts'],
  },
  {
    list: './src/heads/panels.ts',
    files: './src/heads/{panels.ts,*/panel.*,*/panel/**/*}',
    rooms: ['texts', 'ui'],
    opensTo: 'ui',
    tools: ['./heads', './common'],
  },
]

/** Single modules of a room that others may import all the same: they hold facts alone, and bring no code along. */
const open = {
  store: { formats: ['./writers.ts'] },
  actions: { formats: ['./writers.ts'] },
  ui: { formats: ['./writers.ts'] },
}

const seeTable = 'see the table of rooms in ARCHITECTURE.md.'
const zones = [
  ...rooms.flatMap((room) =>
    rooms
      .filter((other) => room !== 'heads' && other !== room && !mayImport[room].includes(other))
      .map((other) => ({
        target: `./src/${room}`,
        from: `./src/${other}`,
        ...(open[room]?.[other] && { except: open[room][other] }),
        message: `${room} must not import ${other}; ${seeTable}`,
      })),
  ),
  {
    target: rooms.filter((room) => room !== 'heads').map((room) => `./src/${room}`),
    from: ['./src/heads/*/**/*'],
    message: `Kinds of heads are known by the lists of src/heads; ${seeTable}`,
  },
  ...doors.flatMap(({ list, files, rooms: allowed, opensTo, tools }) => [
    ...rooms
      .filter((room) => room !== 'heads' && !allowed.includes(room))
      .map((room) => ({
        target: files,
        from: `./src/${room}`,
        message: `This door of heads must not import ${room}; ${seeTable}`,
      })),
    ...doors
      .filter((other) => other.list && other.list !== list)
      .map((other) => ({
        target: files,
        from: other.files,
        message: `A door of heads must not import another one; ${seeTable}`,
      })),
    ...(opensTo
      ? [
          {
            target: files,
            from: `./src/${opensTo}`,
            except: tools,
            message: `Of ${opensTo} this door of heads imports tools alone; ${seeTable}`,
          },
          {
            target: rooms.filter((room) => room !== 'heads' && room !== opensTo).map((room) => `./src/${room}`),
            from: list,
            message: `Only ${opensTo} imports ${list}; ${seeTable}`,
          },
        ]
      : []),
  ]),
]

/** Modules that begin something because they are loaded: the page's entry and those of its workers. */
const entries = ['src/main.tsx', 'src/**/*.worker.ts']
const begins =
  'No module acts because it is imported: export a function, and let src/store/start.ts or an entry call it.'
/** What a module says outside its functions declares things, and does nothing; src/imports.test.ts sees the rest. */
const noActing = [
  {
    selector:
      'Program > :matches(ExpressionStatement, IfStatement, ForStatement, ForOfStatement, ForInStatement, WhileStatement, DoWhileStatement, SwitchStatement, TryStatement, BlockStatement, ThrowStatement)',
    message: begins,
  },
  {
    selector:
      ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > :matches(AwaitExpression, NewExpression[callee.name=/(Worker|Observer|Channel|WebSocket|EventSource)$/], CallExpression[callee.name=/^(on|fetch|queueMicrotask|requestAnimationFrame|setInterval|setTimeout)$/], CallExpression[callee.property.name=/^(addEventListener|observe|postMessage|subscribe)$/])',
    message: begins,
  },
]
const nameTables = ['Program', 'Program > ExportNamedDeclaration'].map((place) => ({
  selector: `${place} > VariableDeclaration > VariableDeclarator > Identifier TSTypeReference[typeName.name="Record"] > TSTypeParameterInstantiation > TSStringKeyword:first-child`,
  message: 'Names come out of files, and “constructor” is in every plain object: use table() or a Map.',
}))

export default tseslint.config(
  {
    ignores: [
      'dist',
      'public',
      '**/node_modules',
      '.cache',
      'src/compute/**/assembly',
      'test-results',
      'playwright-report',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { boolean: true, string: true } }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs'] })] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/compute/**', 'src/heads/*/fit.*', 'src/heads/*/fit/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tensorflow/*'], message: 'Only compute and fits of heads import tfjs.' }] },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', ...entries],
    rules: { 'no-restricted-syntax': ['error', ...noActing] },
  },
  {
    files: ['src/formats/writers.ts', 'src/formats/*/facts.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\./[^/]+/facts$)',
              allowTypeImports: true,
              message: 'The page has the list of writers: it holds facts alone.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/graph/**/*.ts', 'src/compute/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**', ...entries],
    rules: {
      'no-restricted-syntax': ['error', ...noActing, ...nameTables],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
)
