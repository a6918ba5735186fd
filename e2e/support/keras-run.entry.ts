/** What e2e/heads.spec.ts runs in a page of its own: the training of hidden layers on a backend by name. */
export { startBackend } from '../../src/compute/backends/start'
export { followKeras } from '../../src/heads/dense/fit/testing/keras-run'
