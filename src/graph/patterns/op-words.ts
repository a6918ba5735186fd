import type { GraphNode } from '../types'
import { table } from '../table'

const activationWords = table<string>({
  Relu: 'ReLU',
  Relu6: 'ReLU6',
  Elu: 'ELU',
  Selu: 'SELU',
  LeakyRelu: 'LeakyReLU',
  Prelu: 'PReLU',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  Softplus: 'softplus',
  Softsign: 'softsign',
  GeluApproximate: 'GELU',
  GeluExact: 'GELU',
  _FusedHardSwish: 'hard-swish',
})

/** An activation's op as people write it; undefined for other ops. */
export const activationWord = (op: string): string | undefined => activationWords.get(op)

const fusedNorms = new Set([
  ...['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3', 'BatchNormWithGlobalNormalization'],
])

/** Whether a node is a batch norm in one op. */
export const isFusedNorm = (node: GraphNode): boolean => fusedNorms.has(node.op)
