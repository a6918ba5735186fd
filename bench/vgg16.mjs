// VGG16 as a frozen GraphDef of its real size (138 million parameters, 553 MB), its weights seeded noise of He's scale.
// Structure: https://arxiv.org/abs/1409.1556, column D. Messages: tensorflow/core/framework/{graph,node_def,tensor}.proto.
import { open } from 'node:fs/promises'

const blocks = [
  [3, 64, 64],
  [64, 128, 128],
  [128, 256, 256, 256],
  [256, 512, 512, 512],
  [512, 512, 512, 512],
]
const float32 = 1
const int32 = 3
/** Floats of noise, repeated. */
const period = 2 ** 20

/** Writes the file piece by piece, so that it is never whole in memory. Resolves to its bytes. */
export async function writeVgg16(path) {
  const file = await open(path, 'w')
  let bytes = 0
  const put = async (...parts) => {
    for (const part of parts) {
      await file.write(part)
      bytes += part.length
    }
  }
  try {
    const noise = makeNoise()
    const constant = async (name, shape, scale) => {
      const size = 4 * shape.reduce((a, b) => a * b, 1)
      const piece = Buffer.from(noise.map((value) => value * scale).buffer)
      const content = [field(4), varint(size)]
      const head = [
        ...number(1, float32),
        ...message(2, ...shape.flatMap((length) => message(2, ...number(1, length)))),
      ]
      const tensorSize = lengthOf([...head, ...content]) + size
      const value = [field(8), varint(tensorSize), ...head, ...content]
      const attribute = [...text(1, 'value'), field(2), varint(lengthOf(value) + size), ...value]
      const before = [...text(1, name), ...text(2, 'Const'), ...typeAttribute('dtype', float32)]
      const start = [...before, field(5), varint(lengthOf(attribute) + size), ...attribute]
      await put(field(1), varint(lengthOf(start) + size), ...start)
      for (let left = size; left > 0; left -= piece.length) await put(piece.subarray(0, Math.min(left, piece.length)))
      return name
    }
    const node = async (name, op, inputs, attributes) => {
      const body = [...text(1, name), ...text(2, op), ...inputs.flatMap((input) => text(3, input)), ...attributes]
      await put(...message(1, ...body))
      return name
    }
    const type = typeAttribute('T', float32)
    let current = await node(
      'image',
      'Placeholder',
      [],
      [...typeAttribute('dtype', float32), ...shapeAttribute('shape', [-1, 224, 224, 3])],
    )
    for (const [at, channels] of blocks.entries()) {
      for (let i = 1; i < channels.length; i++) {
        const name = `block${at + 1}/conv${i}`
        const kernel = await constant(
          `${name}/kernel`,
          [3, 3, channels[i - 1], channels[i]],
          Math.sqrt(2 / (9 * channels[i - 1])),
        )
        const strides = [...intsAttribute('strides', [1, 1, 1, 1]), ...stringAttribute('padding', 'SAME')]
        const conv = await node(name, 'Conv2D', [current, kernel], [...type, ...strides])
        const bias = await constant(`${name}/bias`, [channels[i]], 0.01)
        current = await node(
          `${name}/Relu`,
          'Relu',
          [await node(`${name}/BiasAdd`, 'BiasAdd', [conv, bias], type)],
          type,
        )
      }
      const pool = [...intsAttribute('ksize', [1, 2, 2, 1]), ...intsAttribute('strides', [1, 2, 2, 1])]
      current = await node(
        `block${at + 1}/pool`,
        'MaxPool',
        [current],
        [...type, ...pool, ...stringAttribute('padding', 'VALID')],
      )
    }
    current = await node('flatten', 'Reshape', [current, await shapeConstant(put, 'flatten/shape', [-1, 25088])], type)
    for (const [name, from, to, op] of [
      ['fc1', 25088, 4096, 'Relu'],
      ['fc2', 4096, 4096, 'Relu'],
      ['predictions', 4096, 1000, 'Softmax'],
    ]) {
      const kernel = await constant(`${name}/kernel`, [from, to], Math.sqrt(2 / from))
      const dense = await node(name, 'MatMul', [current, kernel], type)
      const biased = await node(`${name}/BiasAdd`, 'BiasAdd', [dense, await constant(`${name}/bias`, [to], 0.01)], type)
      current = await node(`${name}/${op}`, op, [biased], type)
    }
    return bytes
  } finally {
    await file.close()
  }
}

async function shapeConstant(put, name, values) {
  const content = Buffer.from(Int32Array.from(values).buffer)
  const shape = message(2, ...message(2, ...number(1, values.length)))
  const tensor = [...number(1, int32), ...shape, ...bytesField(4, content)]
  const value = message(5, ...text(1, 'value'), ...message(2, ...message(8, ...tensor)))
  await put(...message(1, ...text(1, name), ...text(2, 'Const'), ...typeAttribute('dtype', int32), ...value))
  return name
}

/** Normal numbers by the sum of four uniform ones, of a linear congruential generator. */
function makeNoise() {
  let state = 1
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5
  return Float32Array.from({ length: period }, () => (uniform() + uniform() + uniform() + uniform()) * Math.sqrt(3))
}

// Protocol buffers' wire format: https://protobuf.dev/programming-guides/encoding/

function varint(value) {
  const bytes = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.from([...bytes, Number(rest)])
}

/** The key of a field whose value has a length before it. */
const field = (id) => varint(id * 8 + 2)
const lengthOf = (parts) => parts.reduce((length, part) => length + part.length, 0)
const message = (id, ...parts) => [field(id), varint(lengthOf(parts)), ...parts]
const bytesField = (id, bytes) => message(id, bytes)
const text = (id, value) => bytesField(id, Buffer.from(value))
const number = (id, value) => [varint(id * 8), varint(value)]

const attribute = (name, ...value) => message(5, ...text(1, name), ...message(2, ...value))
const typeAttribute = (name, type) => attribute(name, ...number(6, type))
const stringAttribute = (name, value) => attribute(name, ...text(2, value))
const intsAttribute = (name, values) => attribute(name, ...message(1, ...values.flatMap((value) => number(3, value))))
const shapeAttribute = (name, sizes) =>
  attribute(name, ...message(7, ...sizes.flatMap((size) => message(2, ...number(1, size)))))
