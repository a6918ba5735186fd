import { existsSync, readFileSync, readdirSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../formats'
import { diskFile, quiet } from '../formats/testing/files'
import type { SourceFile } from '../formats/types'
import type { TensorValue } from '../types'
import { analyse } from './opened'
import { prepareRun, runPrepared } from './run-graph'

const cases = new URL('../../../shared/cases/', import.meta.url)

/** The files in a folder of ../shared/cases, as if it was dropped. */
function caseFiles(name: string, folder = ''): SourceFile[] {
  const url = new URL(`${name}/${folder}`, cases)
  return readdirSync(url, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? caseFiles(name, `${folder}${entry.name}/`)
      : /^(README|expected\.json)$/.test(entry.name)
        ? []
        : [diskFile(new URL(entry.name, url), `${name}/${folder}${entry.name}`)],
  )
}

function expectedOf(name: string): { output?: unknown; fetches?: Record<string, { data: number[] }> } {
  return JSON.parse(readFileSync(new URL(`${name}/expected.json`, cases), 'utf8')) as { output?: unknown }
}

/** Numbers of the cases' generator: v = (1103515245 v + 12345) mod 2^31, x = v / 0x3fffffff − 1. */
function seeded(seed: number, shape: readonly number[]): TensorValue {
  let v = BigInt(seed)
  const data = Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => {
    v = (1103515245n * v + 12345n) % 2n ** 31n
    return Number(v) / 0x3fffffff - 1
  })
  return { shape: [...shape], dtype: 'float32', data }
}

async function outputOf(files: readonly SourceFile[], value: TensorValue): Promise<number[]> {
  const read = await openModel(files, quiet)
  const model = await analyse(read, () => Promise.resolve())
  const [input, output] = [read.graph.inputs[0].tensor, read.graph.outputs[0].tensor]
  const found = await runPrepared(prepareRun(model, { [input]: value }, [output]), model, { optimise: true })
  await read.close?.()
  return Array.from(found[output].data as Float32Array)
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length)
  found.forEach((number, i) => expect(number).toBeCloseTo(wanted[i], 5))
}

beforeAll(() => tf.setBackend('cpu'))

// ../shared is not everywhere.
describe.skipIf(!existsSync(cases))('files of all ages and makers', () => {
  it('compute what they should', async () => {
    const two = [
      { name: 'keras-2.13-keras-file', files: ['model.keras'], shape: [2, 8, 8, 3] },
      { name: 'checkpoint-index-compressed', shape: [2, 4] },
      { name: 'dequantize-constant-weights', shape: [2, 6] },
      { name: 'old-placeholder-scalar-shape', shape: [2, 6] },
      { name: 'tfjs-0.x-graph-model', shape: [2, 8, 8, 3] },
    ]
    for (const { name, files, shape } of two) {
      const all = caseFiles(name).filter(({ path }) => !files || files.some((file) => path.endsWith(`/${file}`)))
      const { output, fetches } = expectedOf(name)
      const wanted = fetches ? Object.values(fetches)[0].data : [output].flat(3).map(Number)
      expectClose(await outputOf(all, seeded(1, shape)), wanted)
    }
  })

  it.each(['training-graph-gradients', 'queue-and-custom-two-outputs'])('%s is drawn', async (name) => {
    const { graph } = await openModel(caseFiles(name), quiet)
    const model = await analyse(await openModel(caseFiles(name), quiet), () => Promise.resolve())
    expect(model.graph.nodes.length).toBe(graph.nodes.length)
    expect(graph.nodes.some(({ inputs }) => inputs.some((input) => input.endsWith(':1')))).toBe(true)
  })
})
