import type { GraphNode } from '../types'
import { fixedValue, type FixedValue } from './constants'
import type { Formula } from './formulas'
import { maker, onlyTaker, result, staysInside, type Wiring } from './wiring'

/** The wiring with the spelled-out activations found in it. */
export interface Survey extends Wiring {
  readonly formulas: ReadonlyMap<string, readonly Formula[]>
}

/** What a convolution is followed by. */
export interface Step {
  readonly role: 'bias' | 'norm' | 'activation'
  /** As in titles: `BN`, `ReLU6`. */
  readonly word: string
  /** In the order of the data. */
  readonly nodes: readonly GraphNode[]
  /** Those of them that only work out its constants. */
  readonly aside: readonly GraphNode[]
  readonly output: string
}

const activationWords: Partial<Record<string, string>> = {
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
}

/** An activation's op as people write it; undefined for other ops. */
export const activationWord = (op: string): string | undefined => activationWords[op]

const additions = new Set(['Add', 'AddV2'])
const biasOps = new Set(['BiasAdd', 'BiasAddV1'])
const fusedNorms = new Set([
  ...['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3', 'BatchNormWithGlobalNormalization'],
])

export const isFusedNorm = (node: GraphNode): boolean => fusedNorms.has(node.op)

/** The other operand of a node that takes `tensor`, where it does not depend on the data. */
function otherOperand(wiring: Wiring, node: GraphNode, tensor: string): FixedValue | null {
  if (node.inputs.length !== 2) return null
  return fixedValue(wiring, node.inputs[node.inputs[0] === tensor ? 1 : 0])
}

/** A bias added to what only it takes. */
export function biasAfter(survey: Survey, tensor: string): Step | null {
  const node = onlyTaker(survey, tensor)
  if (!node || !(biasOps.has(node.op) || additions.has(node.op))) return null
  const bias = otherOperand(survey, node, tensor)
  if (!bias || (bias.scalar && additions.has(node.op))) return null
  return { role: 'bias', word: 'bias', nodes: [...bias.nodes, node], aside: bias.nodes, output: result(node) }
}

/** A batch norm, as one op or spelled out, on what only it takes. */
export function normAfter(survey: Survey, tensor: string): Step | null {
  const node = onlyTaker(survey, tensor)
  return node ? normAt(survey, node, tensor) : null
}

/** A batch norm that starts with `node` taking `tensor`. */
export function normAt(survey: Survey, node: GraphNode, tensor: string): Step | null {
  return fusedNormAt(survey, node, tensor) ?? spelledNormAt(survey, node, tensor)
}

function fusedNormAt(survey: Survey, node: GraphNode, tensor: string): Step | null {
  if (!isFusedNorm(node) || node.inputs[0] !== tensor) return null
  const aside = node.inputs.slice(1).flatMap((input) => fixedValue(survey, input)?.nodes ?? [])
  return { role: 'norm', word: 'BN', nodes: [...aside, node], aside, output: result(node) }
}

/**
 * A batch norm in single operations: taking away the mean, multiplying (or dividing) once or twice, adding; all by one
 * number per channel. With the mean folded into the shift it is a product and a sum.
 */
function spelledNormAt(survey: Survey, first: GraphNode, tensor: string): Step | null {
  const nodes: GraphNode[] = []
  const aside: GraphNode[] = []
  let letters = ''
  let current = tensor
  for (let node: GraphNode | undefined = first; node; node = onlyTaker(survey, current)) {
    const letter = letterOf(node, current, letters)
    if (!letter || !/^S?M{0,2}A?$/.test(letters + letter)) break
    const operand = otherOperand(survey, node, current)
    if (!operand || operand.scalar) break
    letters += letter
    nodes.push(...operand.nodes, node)
    aside.push(...operand.nodes)
    current = result(node)
    if (letter === 'A') break
  }
  if (!letters.includes('M')) return null
  const word = letters.endsWith('A') || aside.some((node) => rootOps.has(node.op)) ? 'BN' : 'scale'
  return { role: 'norm', word, nodes, aside, output: current }
}

const scalingOps = new Set(['Mul', 'Sub'])
const rootOps = new Set(['Rsqrt', 'Sqrt'])

/** S: the mean is taken away; M: multiplied; A: the shift is added, or a negative one taken away. */
function letterOf(node: GraphNode, tensor: string, before: string): 'S' | 'M' | 'A' | null {
  if (node.op === 'Mul') return 'M'
  if (additions.has(node.op)) return 'A'
  const isFirst = node.inputs[0] === tensor
  if (node.op === 'Div' || node.op === 'RealDiv') return isFirst ? 'M' : null
  if (node.op !== 'Sub' || !isFirst) return null
  return before.includes('M') ? 'A' : 'S'
}

/** Whether a product or difference by one number per channel may be the start of a batch norm. */
export function mayStartNorm(wiring: Wiring, node: GraphNode): boolean {
  if (isFusedNorm(node)) return true
  if (!scalingOps.has(node.op)) return false
  const data = node.inputs.find((tensor) => !fixedValue(wiring, tensor))
  if (data === undefined) return false
  const before = maker(wiring, data)
  return !(before && scalingOps.has(before.op) && before.inputs.some((tensor) => fixedValue(wiring, tensor)))
}

/** An activation on what only it takes: one op, or a formula of several. */
export function activationAfter(survey: Survey, tensor: string): Step | null {
  const formula = survey.formulas.get(tensor)?.find(({ nodes }) => staysInside(survey, tensor, new Set(nodes)))
  if (formula) {
    return { role: 'activation', word: formula.name, nodes: formula.nodes, aside: [], output: formula.output }
  }
  const node = onlyTaker(survey, tensor)
  const word = node && activationWord(node.op)
  if (!node || word === undefined || node.inputs[0] !== tensor) return null
  const aside = node.inputs.slice(1).flatMap((input) => fixedValue(survey, input)?.nodes ?? [])
  return { role: 'activation', word, nodes: [...aside, node], aside, output: result(node) }
}
