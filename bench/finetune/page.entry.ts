// What the benchmark runs in the page, bundled as for it.
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '../../src/compute/backends/start'
import { CompiledGraph } from '../../src/compute/run/compiled-graph'
import { blobFile } from '../../src/formats/source'
import { findInputs } from '../../src/graph/image/input'
import { inferShapes } from '../../src/graph/shapes'
import type { BackendName } from '../../src/types'
import { labels, openCase, photos, type Case } from './case'
import { registerComposedGradients } from './composed'
import { openOurs } from './ours'
import { plainGraph, type PlainGraph } from './plain-graph'
import { openTfjs } from './tfjs'
import type { Stepping, Training } from './types'

const rate = 1e-4

interface Opened {
  readonly tail: Case
  readonly plain: PlainGraph
  readonly training: Training
}

let opened: Opened | null = null
const trainings = new Map<string, Stepping>()

/** Opens the model and works out the maps of made photos; gives all of it as plain data, numbers as base64. */
export async function open(files: File[]): Promise<{ description: object; numbers: string }> {
  const tail = await openCase(files.map((file) => blobFile(file.name, file)))
  const plain = await plainGraph(tail)
  const { values, shape } = await mapsOf(tail)
  const wanted = Int32Array.from({ length: photos }, (_, row) => row % labels)
  opened = { tail, plain, training: { maps: values, labels: wanted, rate } }
  const constants = plain.constants.map(({ name, shape }) => ({ name, shape }))
  const description = { ...plain, constants, rate, labels: [...wanted], mapsLength: values.length, mapShape: shape }
  return { description, numbers: await base64([values, ...plain.constants.map(({ values }) => values)]) }
}

/** Begins a training under a name: our own on a number of threads, or tfjs' on a backend and some of the photos. */
export async function begin(name: string, kind: { threads: number } | { backend: BackendName; photos: number }) {
  if (!opened) throw new Error('nothing is open')
  const { tail, plain, training } = opened
  if ('threads' in kind) {
    trainings.set(name, await openOurs(tail, training, kind.threads))
    return
  }
  await startBackend(kind.backend)
  if (kind.backend === 'wasm') registerComposedGradients()
  const length = training.maps.length / photos
  const some = {
    ...training,
    maps: training.maps.slice(0, kind.photos * length),
    labels: training.labels.slice(0, kind.photos),
  }
  trainings.set(name, openTfjs(plain, some))
}

/** Takes some steps of a training; gives the milliseconds of each, and its loss. */
export async function steps(name: string, count: number): Promise<{ times: number[]; losses: number[] }> {
  const training = trainings.get(name)
  if (!training) throw new Error(`${name} has not begun`)
  const found: { times: number[]; losses: number[] } = { times: [], losses: [] }
  for (let step = 0; step < count; step++) {
    const began = performance.now()
    found.losses.push(await training.step())
    found.times.push(performance.now() - began)
  }
  return found
}

export function end(name: string): void {
  trainings.get(name)?.close()
  trainings.delete(name)
}

/** Maps at the freeze point of made photos: soft blots of colour, each in its own way. */
async function mapsOf({ trunk, weights }: Case): Promise<{ values: Float32Array; shape: number[] }> {
  await startBackend('wasm')
  const { image } = findInputs(trunk, inferShapes(trunk))
  if (image === null) throw new Error('no image input')
  const compiled = await CompiledGraph.compile(trunk, weights)
  const small = tf.randomUniform<tf.Rank.R4>([photos, 6, 6, 3], -1, 1, 'float32', 7)
  const pictures = tf.image.resizeBilinear(small, [224, 224])
  const [maps] = await compiled.run(new Map([[image, pictures]]))
  const found = { values: new Float32Array(await maps.data<'float32'>()), shape: maps.shape.slice(1) }
  tf.dispose([small, pictures, maps])
  compiled.dispose()
  return found
}

async function base64(arrays: readonly Float32Array[]): Promise<string> {
  const blob = new Blob(arrays.map((array) => array.slice()))
  const address = await new Promise<string>((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.readAsDataURL(blob)
  })
  return address.slice(address.indexOf(',') + 1)
}
