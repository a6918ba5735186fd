import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../testing/build'
import { patternsOf, titlesOf } from './testing/find'
import { bias, conv } from './testing/parts'

type Formula = (build: Builder, x: string) => string

/** Short names for what the formulas are written in. */
class Builder extends GraphBuilder {
  #made = 0
  op(name: string, ...inputs: string[]): string {
    return this.node(name, `n${this.#made++}`, inputs)
  }
  number(): string {
    return this.constant(`c${this.#made++}`, [])
  }
  channels(): string {
    return this.constant(`c${this.#made++}`, [1, 1, 8])
  }
}

const gate = (b: Builder, x: string): string => b.op('Relu6', b.op('AddV2', x, b.number()))
const reluBelow = (b: Builder, x: string): string => b.op('Relu', b.op('Neg', x))

const formulas: readonly (readonly [name: string, title: string, formula: Formula])[] = [
  ['x · relu6(x + 3) / 6', 'hard-swish', (b, x) => b.op('RealDiv', b.op('Mul', x, gate(b, x)), b.number())],
  ['x · (relu6(x + 3) · ⅙)', 'hard-swish', (b, x) => b.op('Mul', x, b.op('Mul', gate(b, x), b.number()))],
  ['(x · ⅙) · relu6(x + 3)', 'hard-swish', (b, x) => b.op('Mul', b.op('Mul', x, b.number()), gate(b, x))],
  [
    'x · min(max(x + 3, 0), 6) / 6',
    'hard-swish',
    (b, x) => {
      const raised = b.op('Maximum', b.op('Add', x, b.number()), b.number())
      return b.op('Mul', b.op('Div', b.op('Minimum', raised, b.number()), b.number()), x)
    },
  ],
  ['relu6(x + 3) / 6', 'hard-sigmoid', (b, x) => b.op('RealDiv', gate(b, x), b.number())],
  [
    'clip(0.2 x + 0.5)',
    'hard-sigmoid',
    (b, x) => b.op('ClipByValue', b.op('AddV2', b.op('Mul', x, b.number()), b.number()), b.number(), b.number()),
  ],
  ['x · sigmoid(x)', 'SiLU', (b, x) => b.op('Mul', x, b.op('Sigmoid', x))],
  ['sigmoid(β x) · x', 'SiLU', (b, x) => b.op('Mul', b.op('Sigmoid', b.op('Mul', b.number(), x)), x)],
  ['x · sigmoid(x) with its own gradient', 'SiLU', (b, x) => b.op('IdentityN', b.op('Mul', b.op('Sigmoid', x), x), x)],
  ['x · tanh(softplus(x))', 'Mish', (b, x) => b.op('Mul', x, b.op('Tanh', b.op('Softplus', x)))],
  [
    'relu(x) + α · -relu(-x)',
    'PReLU',
    (b, x) => b.op('AddV2', b.op('Relu', x), b.op('Mul', b.channels(), b.op('Neg', reluBelow(b, x)))),
  ],
  [
    'relu(x) + -α · relu(-x)',
    'PReLU',
    (b, x) => b.op('Add', b.op('Relu', x), b.op('Mul', b.op('Neg', b.channels()), reluBelow(b, x))),
  ],
  [
    'relu(x) - α · relu(-x)',
    'PReLU',
    (b, x) => b.op('Sub', b.op('Relu', x), b.op('Mul', reluBelow(b, x), b.channels())),
  ],
  [
    'relu(x) + α · (x - |x|) · 0.5',
    'PReLU',
    (b, x) => {
      const below = b.op('Mul', b.channels(), b.op('Sub', x, b.op('Abs', x)))
      return b.op('Add', b.op('Relu', x), b.op('Mul', below, b.number()))
    },
  ],
  ['max(x, 0.1 x)', 'LeakyReLU', (b, x) => b.op('Maximum', x, b.op('Mul', b.number(), x))],
  ['min(relu(x), 6)', 'clipped ReLU', (b, x) => b.op('Minimum', b.op('Relu', x), b.number())],
  [
    '½ x (1 + erf(x / √2))',
    'GELU',
    (b, x) => {
      const error = b.op('Erf', b.op('RealDiv', x, b.number()))
      return b.op('Mul', b.op('Mul', b.number(), x), b.op('AddV2', b.number(), error))
    },
  ],
  [
    '½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))',
    'GELU',
    (b, x) => {
      const cubed = b.op('Mul', b.number(), b.op('Pow', x, b.number()))
      const inner = b.op('Mul', b.number(), b.op('AddV2', x, cubed))
      return b.op('Mul', b.op('Mul', b.number(), x), b.op('AddV2', b.number(), b.op('Tanh', inner)))
    },
  ],
]

describe('an activation spelled out', () => {
  it.each(formulas)('%s after a convolution', (_, title, formula) => {
    const build = new Builder()
    const layer = bias(build, 'bias', conv(build, 'conv', build.input('image', [null, 8, 8, 3]), [3, 3, 3, 8]), 8)
    const last = build.op('MaxPool', formula(build, layer))
    expect(titlesOf(build.graph(last))).toEqual([`Conv 3×3, 8 · bias · ${title}`])
  })

  it.each(formulas)('%s on its own, though its input goes elsewhere, too', (_, title, formula) => {
    const build = new Builder()
    const pool = build.op('MaxPool', build.input('image', [null, 8, 8, 8]))
    const end = formula(build, pool)
    const graph = build.graph(build.op('ConcatV2', end, pool))
    expect(patternsOf(graph)).toMatchObject([
      { kind: 'activation', title: title[0].toUpperCase() + title.slice(1), output: end },
    ])
  })

  it('is not found where something else takes what is made inside', () => {
    const build = new Builder()
    const x = build.op('MaxPool', build.input('image', [null, 8, 8, 8]))
    const sigmoid = build.op('Sigmoid', x)
    expect(patternsOf(build.graph(build.op('Mul', x, sigmoid), sigmoid))).toEqual([])
  })

  it('does not take one number per channel for a number', () => {
    const build = new Builder()
    const x = build.op('MaxPool', build.input('image', [null, 8, 8, 8]))
    const shifted = build.op('Relu6', build.op('AddV2', x, build.channels()))
    expect(patternsOf(build.graph(build.op('Mul', x, build.op('Mul', shifted, build.number()))))).toEqual([])
  })

  it('leaves bounds of positions alone', () => {
    const build = new Builder()
    const x = build.op('Floor', build.input('positions', [null, 2]))
    const bounded = build.op('Minimum', build.op('Maximum', x, build.number()), build.number())
    expect(patternsOf(build.graph(bounded))).toEqual([])
  })

  it('is part of a convolution only if that is all that takes the convolution', () => {
    const build = new Builder()
    const made = conv(build, 'conv', build.input('image', [null, 8, 8, 3]), [3, 3, 3, 8])
    const end = build.op('Mul', made, build.op('Sigmoid', made))
    expect(titlesOf(build.graph(end, build.op('MaxPool', made)))).toEqual(['Conv 3×3, 8', 'SiLU'])
  })
})
