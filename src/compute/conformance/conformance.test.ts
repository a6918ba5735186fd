import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { correctKernels } from '../corrections'
import { runnableOps } from '../backends/supported'
import { caseFiles, readCases, type Cases } from './cases'
import { verdictOn, limits } from './limits'
import { runCase, type CaseOutcome } from './run'

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

it('lists no limit of a case that there is not, and none twice', () => {
  const names = new Set(cases.cases.map(({ name }) => name))
  const listed = limits.flatMap((limit) =>
    limit.backends.flatMap((backend) => limit.cases.map((name) => ({ name, key: `${backend} ${name}` }))),
  )
  expect(listed.filter(({ name }) => !names.has(name))).toEqual([])
  expect(new Set(listed.map(({ key }) => key)).size).toBe(listed.length)
})

it('counts as known only what goes wrong in the way that is said', () => {
  const [{ cases: some, kind, backends }] = limits
  expect(kind).toBe('other values')
  const kindOf = (found: CaseOutcome['kind']): string => verdictOn({ kind: found }, some[0], backends[0]).kind
  expect([kindOf('wrong'), kindOf('failed'), kindOf('right'), kindOf('refused')]).toEqual([
    'limit',
    'failed',
    'stale',
    'stale',
  ])
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
      const { kind, detail } = verdictOn(await runCase(cases, one, backend), one.name, backend)
      if (kind === 'wrong' || kind === 'failed' || kind === 'stale') found.push({ name: one.name, kind, detail })
    }
    expect(found).toEqual([])
    expect(tf.memory().numTensors).toBe(before)
  }, 240_000)
})
