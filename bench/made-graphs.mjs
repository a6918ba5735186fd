// Made graphs of any size, as tfjs graph models on disk: stages of residual blocks (convolution, batch norm, ReLU6, a sum
// every three), as a training script would name them, or all on one level with generated names. One scope, `wide`, holds
// 100 lanes of three operations, so 300 children and what joins them.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const channels = 8
const floats = (value) => ({ shape: { dim: value.map((size) => ({ size: String(size) })) } })
const float = { type: 'DT_FLOAT' }
const text = (value) => ({ s: Buffer.from(value).toString('base64') })

/**
 * Writes `model.json` and `weights.bin` into a folder made for them; gives back their paths and what is in them.
 * `nodes` counts all nodes of the GraphDef, constants too, and is met within a block.
 */
export async function writeMadeGraph(folder, { nodes: wanted, flat }) {
  const made = build(wanted, flat)
  await mkdir(folder, { recursive: true })
  const paths = [join(folder, 'model.json'), join(folder, 'weights.bin')]
  await writeFile(paths[0], JSON.stringify(made.model))
  await writeFile(paths[1], made.bytes)
  return { paths, nodes: made.model.modelTopology.node.length, operations: made.operations }
}

function build(wanted, flat) {
  const node = []
  const weights = []
  const counts = new Map()
  let operations = 0
  let elements = 0

  const nameOf = (op, scoped) => {
    if (!flat) return scoped
    const count = counts.get(op) ?? 0
    counts.set(op, count + 1)
    return count === 0 ? op : `${op}_${count}`
  }
  const add = (op, scoped, input = [], attr = {}) => {
    const name = nameOf(op, scoped)
    node.push({ name, op, input, attr: { T: float, ...attr } })
    if (op !== 'Const') operations += 1
    return name
  }
  const constant = (scoped, shape) => {
    const name = add('Const', scoped, [], {
      dtype: float,
      value: { tensor: { dtype: 'DT_FLOAT', tensorShape: floats(shape).shape } },
    })
    weights.push({ name, shape, dtype: 'float32' })
    elements += shape.reduce((a, b) => a * b, 1)
    return name
  }
  const block = (scope, input, depth = channels) => {
    const conv = add(
      'Conv2D',
      `${scope}/conv/Conv2D`,
      [input, constant(`${scope}/conv/kernel`, [1, 1, depth, channels])],
      {
        strides: { list: { i: ['1', '1', '1', '1'] } },
        padding: text('SAME'),
        data_format: text('NHWC'),
      },
    )
    const parts = ['gamma', 'beta', 'moving_mean', 'moving_variance']
    const norm = add(
      'FusedBatchNormV3',
      `${scope}/bn/FusedBatchNormV3`,
      [conv, ...parts.map((part) => constant(`${scope}/bn/${part}`, [channels]))],
      { epsilon: { f: 0.001 }, is_training: { b: false }, data_format: text('NHWC'), U: float },
    )
    return add('Relu6', `${scope}/Relu6`, [norm])
  }

  const image = add('Placeholder', 'image', [], { dtype: float, shape: floats([-1, 32, 32, 3]) })
  let last = block('stem', image, 3)
  const lanes = Array.from({ length: 100 }, (_, lane) => {
    const first = add('Relu', `wide/relu_${lane}`, [last])
    const second = add('Sigmoid', `wide/sigmoid_${lane}`, [first])
    return add('Mul', `wide/mul_${lane}`, [first, second])
  })
  last = add('AddN', 'wide_sum', lanes, { N: { i: '100' } })
  for (let made = 0; node.length < wanted - 1; made += 1) {
    const scope = `stage_${Math.floor(made / 600)}/unit_${Math.floor(made / 30) % 20}/block_${Math.floor(made / 3) % 10}`
    const input = last
    for (let layer = 0; layer < 3 && node.length < wanted - 1; layer += 1) last = block(`${scope}/layer_${layer}`, last)
    last = add('AddV2', `${scope}/add`, [last, input])
    made += 2
  }
  const output = add('Identity', 'Identity', [last])
  const model = {
    format: 'graph-model',
    generatedBy: 'made for a benchmark',
    modelTopology: { node, versions: { producer: 1395 } },
    signature: {
      inputs: { image: { name: `${image}:0`, dtype: 'DT_FLOAT', tensorShape: floats([-1, 32, 32, 3]).shape } },
      outputs: {
        output: { name: `${output}:0`, dtype: 'DT_FLOAT', tensorShape: floats([-1, 32, 32, channels]).shape },
      },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  }
  const values = Float32Array.from({ length: elements }, (_, i) => Math.sin(i * 12.9898) * 0.5 + 0.6)
  return { model, bytes: new Uint8Array(values.buffer), operations }
}
