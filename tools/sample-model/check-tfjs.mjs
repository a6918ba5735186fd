/**
 * Loads the sample model with stock tfjs and compares its logits with TensorFlow's, from `check.py --dump FOLDER`:
 * node tools/sample-model/check-tfjs.mjs FOLDER [MODEL_FOLDER]
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const [dump, folder = path.join(here, '..', '..', 'public', 'models', 'efficientnet-lite0')] = process.argv.slice(2)
if (dump === undefined) throw new Error('Say which folder check.py --dump wrote to.')

const LOGITS = 'efficientnet-lite0/head/dense/BiasAdd:0'
const CLASSES = 1000
const PIXELS = 224 * 224 * 3

const floats = async (name) => {
  const bytes = await readFile(path.join(dump, name))
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}

const { modelTopology, weightsManifest, format, signature, userDefinedMetadata } = JSON.parse(
  await readFile(path.join(folder, 'model.json'), 'utf8'),
)
const paths = weightsManifest.flatMap((group) => group.paths)
const shards = await Promise.all(paths.map((name) => readFile(path.join(folder, name))))
const weightData = new Uint8Array(Buffer.concat(shards)).buffer
const weightSpecs = weightsManifest.flatMap((group) => group.weights)
const artifacts = { modelTopology, weightSpecs, weightData, format, signature, userDefinedMetadata }
const model = await tf.loadGraphModel({ load: () => Promise.resolve(artifacts) })

const input = await floats('input.bin')
const expected = await floats('logits.bin')
const images = input.length / PIXELS
let worst = 0
for (let image = 0; image < images; image++) {
  const actual = tf.tidy(() => {
    const x = tf.tensor(input.subarray(image * PIXELS, (image + 1) * PIXELS), [1, 224, 224, 3])
    return model.execute({ images: x }, LOGITS).dataSync()
  })
  const wanted = expected.subarray(image * CLASSES, (image + 1) * CLASSES)
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const error = actual.reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[at])), 0) / largest
  const best = (values) => values.indexOf(Math.max(...values))
  console.log(
    `picture ${image}: relative error ${error.toExponential(2)}, top-1 ${best(actual) === best(wanted) ? 'same' : 'DIFFERENT'}`,
  )
  worst = Math.max(worst, error)
}
console.log(
  `tfjs ${tf.version.tfjs} on ${tf.getBackend()}: ${images} pictures, largest relative error ${worst.toExponential(2)}`,
)
if (!(worst < 1e-4)) process.exitCode = 1
