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
  keeping: [],
  texts: ['images'],
  compute: ['graph', 'formats', 'images'],
  workers: ['graph', 'formats', 'layout', 'view', 'images', 'keeping', 'compute'],
  store: ['texts', 'graph', 'layout', 'view', 'images', 'keeping', 'workers'],
  ui: ['store', 'texts', 'graph', 'layout', 'view', 'images'],
}
const rooms = Object.keys(mayImport)
const zones = rooms.flatMap((room) =>
  rooms
    .filter((other) => other !== room && !mayImport[room].includes(other))
    .map((other) => ({
      target: `./src/${room}`,
      from: `./src/${other}`,
      message: `${room} must not import ${other}; see the table of rooms in ARCHITECTURE.md.`,
    })),
)

export default tseslint.config(
  {
    ignores: [
      'dist',
      'public',
      '**/node_modules',
      '.cache',
      'src/compute/kernels/assembly',
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
    ignores: ['src/compute/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tensorflow/*'], message: 'Only compute imports tfjs.' }] },
      ],
    },
  },
  {
    files: ['src/graph/**/*.ts', 'src/compute/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'Program > VariableDeclaration > VariableDeclarator > Identifier TSTypeReference[typeName.name="Record"] > TSTypeParameterInstantiation > TSStringKeyword:first-child',
          message: 'Names come out of files, and “constructor” is in every plain object: use table() or a Map.',
        },
        {
          selector:
            'Program > ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > Identifier TSTypeReference[typeName.name="Record"] > TSTypeParameterInstantiation > TSStringKeyword:first-child',
          message: 'Names come out of files, and “constructor” is in every plain object: use table() or a Map.',
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
)
