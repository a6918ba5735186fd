import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { correctKernels } from '../corrections'
import { runnableOps } from '../supported'
import { caseFiles, readCases, type Cases } from './cases'
import { limitOf } from './limits'
import { runCase } from './run'

const read = (path: string): Blob => new Blob([readFileSync(new URL(`fixtures/${path}`, import.meta.url))])

let cases: Cases
beforeAll(async () => {
  setWasmPaths(new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname)
  cases = await readCases(caseFiles.map(read))
})

/** Operations that give other values each time, pass values on as they are, or are run as others that have cases. */
const withoutCases = new Set(
  'RandomStandardNormal RandomUniform RandomUniformInt TruncatedNormal Multinomial Const Placeholder PlaceholderWithDefault NoOp Print TensorArraySizeV3 TensorArrayCloseV3 If While TensorListConcat'.split(
    ' ',
  ),
)

it('has cases of every operation that is called runnable', () => {
  const covered = new Set(cases.model.read.graph.nodes.map(({ op }) => op))
  for (const { nodes } of cases.model.read.graph.functions) for (const { op } of nodes) covered.add(op)
  expect(runnableOps().filter((op) => !covered.has(op) && !withoutCases.has(op))).toEqual([])
})

// The browser test has all backends, threads among them: e2e/kernels.spec.ts.
describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  it('gives what TensorFlow gives, or refuses by name, optimised and not; and no tensor stays', async () => {
    await tf.setBackend(backend)
    await tf.ready()
    correctKernels()
    const before = tf.memory().numTensors
    const found = []
    for (const one of cases.cases) {
      const { kind, detail } = await runCase(cases, one, backend)
      const limit = limitOf(one.name, backend)
      if (kind === 'wrong' || kind === 'failed' ? !limit : limit) found.push({ name: one.name, kind, detail })
    }
    expect(found).toEqual([])
    expect(tf.memory().numTensors).toBe(before)
  }, 240_000)
})
