import type { NetworkLayer } from '../../../graph/graft/layers/network'
import type { NetworkNode, OwnNetwork } from '../../../graph/graft/network/types'

const float = { kind: 'dtype', value: 'float32' } as const
const constant = (name: string): NetworkNode => ({
  name,
  op: 'Const',
  inputs: [],
  attributes: { dtype: float },
  weight: name,
})

/** A network with a dense layer from features to labels, of given numbers. */
export function networkLayer(features: number, labels: number, numbers: (count: number) => Float32Array): NetworkLayer {
  const shape = { kind: 'shape', value: [null, features] } as const
  return {
    kind: 'network',
    structure: {
      input: 'input:0',
      inputShape: [features],
      output: 'logits:0',
      outputs: labels,
      nodes: [
        { name: 'input', op: 'Placeholder', inputs: [], attributes: { dtype: float, shape } },
        constant('kernel'),
        constant('bias'),
        { name: 'product', op: 'MatMul', inputs: ['input:0', 'kernel:0'], attributes: { T: float } },
        { name: 'logits', op: 'BiasAdd', inputs: ['product:0', 'bias:0'], attributes: { T: float } },
      ],
      weights: [
        { id: 'kernel', dtype: 'float32', shape: [features, labels] },
        { id: 'bias', dtype: 'float32', shape: [labels] },
      ],
    },
    weights: numbers((features + 1) * labels),
  }
}

/** The same as one that was read to be a head. */
export function ownOf({ structure, weights }: NetworkLayer): OwnNetwork {
  const { inputShape, outputs } = structure
  const facts = { name: 'own', hash: 'hash', inputShape, outputs, parameters: weights.length, end: 'softmax' } as const
  return { facts: { ...facts, lastInputs: inputShape[0] }, structure, weights }
}
