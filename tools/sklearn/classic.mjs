// Predictions of heads that are worked out at once, on features that `features.mjs` wrote, for `classic.py`:
//
//     node tools/sklearn/classic.mjs FOLDER OUT.json
//
// Rows in `train` are trained on, those in `test` are predicted.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const quiet = { progress() {}, tell() {}, checkCancelled() {}, yieldTurn: () => Promise.resolve() }
const heads = {
  linear: { kind: 'svm', kernel: 'linear', c: 'auto', gamma: 'auto' },
  'linear, C .001': { kind: 'svm', kernel: 'linear', c: 1e-3, gamma: 'auto' },
  rbf: { kind: 'svm', kernel: 'rbf', c: 'auto', gamma: 'auto' },
  neighbours: { kind: 'knn', k: 5 },
  average: { kind: 'centroid' },
}

/** `[rows, columns]` of a .npy file of little-endian float32. */
async function readNpy(path) {
  const bytes = await readFile(path)
  const end = 10 + bytes.readUInt16LE(8)
  const [rows, columns] = /\((\d+), (\d+)\)/
    .exec(bytes.toString('latin1', 10, end))
    .slice(1)
    .map(Number)
  return {
    rows,
    columns,
    data: new Float32Array(bytes.buffer.slice(bytes.byteOffset + end, bytes.byteOffset + bytes.length)),
  }
}

async function bundled() {
  const lib = { entry: 'bench/head.entry.ts', formats: ['es'] }
  const options = { root, configFile: false, logLevel: 'warn', publicDir: false }
  const output = await build({ ...options, build: { write: false, target: 'es2022', lib } })
  const folder = await mkdtemp(join(tmpdir(), 'cutpoint-classic-'))
  const path = join(folder, 'head.mjs')
  await writeFile(path, [output].flat()[0].output[0].code)
  const module = await import(pathToFileURL(path).href)
  await rm(folder, { recursive: true })
  return module
}

async function main([folder, out]) {
  const ours = await bundled()
  const { columns: length, data } = await readNpy(join(folder, 'mean.npy'))
  const rows = JSON.parse(await readFile(join(folder, 'rows.json'), 'utf8'))
  const names = [...new Set(rows.map(({ label }) => label))].sort()
  const some = (part) => {
    const places = [...rows.keys()].filter((row) => rows[row].file.startsWith(part))
    const own = new Float32Array(places.length * length)
    places.forEach((row, at) => own.set(data.subarray(row * length, (row + 1) * length), at * length))
    return { own, labels: Int32Array.from(places, (row) => names.indexOf(rows[row].label)) }
  }
  const [train, test] = [some('train'), some('test')]
  const places = Int32Array.from(train.labels.keys())
  const training = { data: train.own, classes: train.labels, photos: places, units: places }
  const given = {
    training,
    validation: null,
    length,
    lengths: [length],
    classes: names.length,
    classWeights: 'none',
    seed: 1,
  }
  const result = {}
  for (const [name, head] of Object.entries(heads)) {
    const { settle, fit } = ours[head.kind]
    const settled = settle ? await settle(given, head, quiet) : head
    const { layers } = await fit(given, settled, quiet)
    const chances = ours.probabilities(test.own, length, layers)
    const predicted = Array.from(test.labels, (_, row) => {
      const own = chances.subarray(row * names.length, (row + 1) * names.length)
      return own.indexOf(Math.max(...own))
    })
    result[name] = { options: settled, predicted }
  }
  await writeFile(out, JSON.stringify(result))
}

await main(process.argv.slice(2))
