/**
 * The major version of Keras in what a file states of it: `2.4.0-tf`, `tfjs-layers 1.1.2`, `3.15.1`; TensorFlow's Keras 2
 * took TensorFlow's own numbers. Files that state none get `otherwise`.
 */
export function kerasVersion(stated: unknown, otherwise = 2): number {
  const major = typeof stated === 'string' ? /^(\d+)\./.exec(stated)?.[1] : undefined
  return major === undefined ? otherwise : Math.min(3, Math.max(1, Number(major)))
}
