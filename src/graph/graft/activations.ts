/** What a head's layer may do with its sums, and TensorFlow's operation for it. */
export const activations = { none: null, relu: 'Relu', softmax: 'Softmax' } as const

export type Activation = keyof typeof activations

/** Names of all of them. */
export const activationNames = Object.keys(activations) as Activation[]
