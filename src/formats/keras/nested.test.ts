import { expect, it } from 'vitest'
import { lowerings } from './layers'
import { lowerModel } from './lower-model'
import { readModelConfig } from './config/model'
import { describe as describeWeight } from '../weights/store'
import { referencesIn } from './calls'
import { readCalls } from './config/calls'

const input = (name: string): object => ({
  class_name: 'InputLayer',
  name,
  config: { name, batch_shape: [null, 4] },
  inbound_nodes: [],
})
const layer = (className: string, name: string, call: unknown, more: object = {}): object => ({
  class_name: className,
  module: 'keras.layers',
  name,
  config: { name },
  inbound_nodes: [call],
  ...more,
})
const keras3 = (name: string): object => ({ class_name: '__keras_tensor__', config: { keras_history: [name, 0, 0] } })

/** `first − second` as a model within a model, called by name in the other order. */
function nested(call: unknown, inputs: unknown, of: unknown, version: number): readonly (readonly string[])[] {
  const inner = {
    name: 'inner',
    layers: [input('first'), input('second'), layer('Subtract', 'minus', of)],
    input_layers: inputs,
    output_layers: [['minus', 0, 0]],
  }
  const config = {
    name: 'outer',
    layers: [input('x'), input('y'), layer('Functional', 'inner', call, { config: inner })],
    input_layers: [
      ['x', 0, 0],
      ['y', 0, 0],
    ],
    output_layers: [['inner', 1, 0]],
  }
  const model = readModelConfig({ class_name: 'Functional', config }, 'm.keras', version)
  const { graph } = lowerModel(model, { file: 'm.keras', kerasVersion: version, lowerings, findWeights: () => [] })
  return graph.nodes.filter(({ op }) => op === 'Sub').map((node) => node.inputs)
}

const minus3 = { args: [[keras3('first'), keras3('second')]], kwargs: {} }
const lists = [
  ['first', 0, 0],
  ['second', 0, 0],
]

it('binds a nested model of Keras 3 by the names of its input layers', () => {
  const call = { args: [{ second: keras3('x'), first: keras3('y') }], kwargs: {} }
  expect(nested(call, lists, minus3, 3)).toEqual([['y:0', 'x:0']])
})

it('binds a nested model of Keras 3 by the keys of its inputs', () => {
  const call = { args: [{ a: keras3('x'), b: keras3('y') }], kwargs: {} }
  expect(nested(call, { a: ['second', 0, 0], b: ['first', 0, 0] }, minus3, 3)).toEqual([['y:0', 'x:0']])
})

it('binds a nested model of Keras 2 by the names of its input layers', () => {
  const call = { second: ['x', 0, 0, {}], first: ['y', 0, 0, {}] }
  expect(nested(call, lists, lists, 2)).toEqual([['y:0', 'x:0']])
})

it('refuses a nested model that lacks one of its inputs', () => {
  const call = { args: [{ first: keras3('y') }], kwargs: {} }
  expect(() => nested(call, lists, minus3, 3)).toThrow('too few tensors')
})

it.each([
  [true, {}, ['It is called as in training']],
  [true, { training: false }, []],
  [false, {}, []],
  [null, {}, []],
])('passes training: %j on to the layers of a nested model that have %j', (training, told, why) => {
  const call = { args: [keras3('first')], kwargs: told }
  const inner = {
    name: 'inner',
    layers: [input('first'), layer('BatchNormalization', 'norm', call, { config: { scale: false, center: false } })],
    input_layers: [['first', 0, 0]],
    output_layers: [['norm', 0, 0]],
  }
  const config = {
    name: 'outer',
    layers: [
      input('x'),
      layer('Functional', 'inner', { args: [keras3('x')], kwargs: { training } }, { config: inner }),
    ],
    input_layers: [['x', 0, 0]],
    output_layers: [['inner', 1, 0]],
  }
  const model = readModelConfig({ class_name: 'Functional', config }, 'm.keras', 3)
  const four = new Uint8Array(16)
  const weights = ['moving_mean', 'moving_variance'].map((name) => ({
    name,
    stored: describeWeight({ name, dtype: 'float32', shape: [4] }, four),
  }))
  const findWeights = (): typeof weights => weights
  const { warnings } = lowerModel(model, { file: 'm.keras', kerasVersion: 3, lowerings, findWeights })
  expect(warnings).toEqual(why.map((words) => expect.stringContaining(words) as string))
})

it('leaves plain records as they are', () => {
  const [call] = readCalls([{ args: [keras3('x')], kwargs: { sizes: { height: 3 } } }], 'm.keras', 'resize')
  expect(call.kwargs.sizes).toEqual({ kind: 'plain', json: { height: 3 } })
  expect(referencesIn(call.args)).toHaveLength(1)
})
