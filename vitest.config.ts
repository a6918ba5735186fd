import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/longest-first'

/**
 * Where one operation of a graph fails while others run, TensorFlow.js throws its error and leaves those of the others to
 * nobody. The error that is thrown is the one that counts.
 */
const isLeftByTfjs = ({ stack = '' }: { readonly stack?: string }): boolean =>
  stack.includes('tfjs-converter') && /executeOp|processStack|ExecutionContext/.test(stack)

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
    testTimeout: 30_000,
    // Vitest's own default leaves one core to itself: of two, half of what there is.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    onUnhandledError: (error) => !isLeftByTfjs(error),
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      reportsDirectory: '.cache/coverage',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/fixtures/**', 'src/compute/**/assembly/**'],
    },
  },
})
