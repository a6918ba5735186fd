import { describe, expect, it } from 'vitest'
import { GraphBuilder, boolOf } from '../testing/build'
import { conv } from '../testing/networks'
import { tailIn } from './testing/loosened'

interface Constants {
  readonly gamma: string
  readonly beta: string
  readonly mean: string
  readonly variance: string
}

/** What learns of a norm that `add` makes of its four constants, after a convolution. */
async function learning(add: (build: GraphBuilder, x: string, constants: Constants) => string): Promise<string[]> {
  const build = new GraphBuilder()
  const image = build.input('image', [null, 8, 8, 3])
  const stem = conv(build, 'first', image, [3, 4])
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map((name) => build.constant(name, [4]))
  const end = add(build, stem, { gamma, beta, mean, variance })
  const { tail } = await tailIn(build.graph(end), stem, end)
  return tail?.trained.map(({ id }) => id).toSorted() ?? []
}

const root = (build: GraphBuilder, variance: string): string =>
  build.node('Rsqrt', 'root', [build.node('AddV2', 'sum', [variance, build.constant('epsilon', [])])])

describe('of a batch norm scale and offset learn, and mean and variance stay:', () => {
  it.each(['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3'])('%s', async (op) => {
    const found = await learning((build, x, { gamma, beta, mean, variance }) =>
      build.node(op, 'norm', [x, gamma, beta, mean, variance], { is_training: boolOf(false) }),
    )
    expect(found).toEqual(['beta', 'gamma'])
  })

  it('x · s + (β − mean · s)', async () => {
    const found = await learning((build, x, { gamma, beta, mean, variance }) => {
      const scale = build.node('Mul', 'scale', [root(build, variance), gamma])
      const offset = build.node('Sub', 'offset', [beta, build.node('Mul', 'shift', [mean, scale])])
      return build.node('AddV2', 'norm', [build.node('Mul', 'scaled', [x, scale]), offset])
    })
    expect(found).toEqual(['beta', 'gamma'])
  })

  it('x · s − mean · s, with neither scale nor offset of its own', async () => {
    const found = await learning((build, x, { mean, variance, beta }) => {
      const scale = root(build, variance)
      const shifted = build.node('Sub', 'shifted', [
        build.node('Mul', 'scaled', [x, scale]),
        build.node('Mul', 'shift', [mean, scale]),
      ])
      return build.node('AddV2', 'norm', [shifted, beta])
    })
    expect(found).toEqual(['beta'])
  })

  it('(x − mean) / √(variance + ε) · γ + β', async () => {
    const found = await learning((build, x, { gamma, beta, mean, variance }) => {
      const sum = build.node('Add', 'sum', [variance, build.constant('epsilon', [])])
      const centred = build.node('Sub', 'centred', [x, mean])
      const ratio = build.node('RealDiv', 'ratio', [centred, build.node('Sqrt', 'root', [sum])])
      return build.node('AddV2', 'norm', [build.node('Mul', 'scaled', [ratio, gamma]), beta])
    })
    expect(found).toEqual(['beta', 'gamma'])
  })

  it('x · s + (β − mean · s), all of them put under the shape of maps first', async () => {
    const found = await learning((build, x, { gamma, beta, mean, variance }) => {
      const shape = build.constant('shape', [4], [1, 1, 1, 4])
      const shaped = (tensor: string): string =>
        build.node('Reshape', `shaped/${tensor.split(':')[0]}`, [tensor, shape])
      const scale = build.node('Mul', 'scale', [root(build, shaped(variance)), shaped(gamma)])
      const shift = build.node('Mul', 'shift', [shaped(mean), scale])
      const offset = build.node('Sub', 'offset', [shaped(beta), shift])
      return build.node('AddV2', 'norm', [build.node('Mul', 'scaled', [x, scale]), offset])
    })
    expect(found).toEqual(['beta', 'gamma'])
  })

  it('folded before: one factor and one offset', async () => {
    const found = await learning((build, x, { gamma, beta }) =>
      build.node('AddV2', 'norm', [build.node('Mul', 'scaled', [x, gamma]), beta]),
    )
    expect(found).toEqual(['beta', 'gamma'])
  })
})

it('single numbers of formulas do not learn', async () => {
  const found = await learning((build, x, { gamma }) => {
    const shifted = build.node('AddV2', 'shifted', [x, build.constant('three', [])])
    const gate = build.node('Mul', 'gate', [build.node('Relu6', 'relu6', [shifted]), build.constant('sixth', [1])])
    return build.node('Mul', 'scaled', [build.node('Mul', 'swish', [x, gate]), gamma])
  })
  expect(found).toEqual(['gamma'])
})
