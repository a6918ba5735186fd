/** The ways of going down a gradient, by the names that scripts use; each as Keras' optimizer with its defaults (`momentum` is SGD with .9). */
export const optimizers = ['adam', 'sgd', 'momentum', 'rmsprop'] as const

export type Optimizer = (typeof optimizers)[number]

/** What becomes of the learning rate: it stays, falls as a cosine to nothing, or is multiplied by `factor` after every so many epochs. */
export type Schedule = 'constant' | 'cosine' | { readonly every: number; readonly factor: number }
