import { describe, expect, it } from 'vitest'
import { blockedOps } from './blocked'
import { GraphBuilder } from './testing/build'

/** Two blocked operations, one after the other, and a branch beside them. */
function network() {
  const build = new GraphBuilder()
  build.input('image', [null, 8, 8, 3])
  build.node('DecodeJpeg', 'before', [])
  build.node('Lambda', 'first', ['image'])
  build.node('Relu', 'between', ['first'])
  build.constant('size', [2], [4, 4])
  build.node('ResizeOwn', 'second', ['between', 'size'])
  build.node('Relu', 'last', ['second', '^first'])
  build.node('Relu', 'beside', ['image'])
  return build.graph('last', 'beside')
}

const supported = ({ op }: { op: string }): string | null =>
  ['Lambda', 'ResizeOwn', 'DecodeJpeg'].includes(op) ? `no ${op}` : null

describe('blockedOps', () => {
  it('counts what each keeps from running, once', () => {
    expect([...blockedOps(network(), supported, new Set(['before']))]).toEqual([
      ['first', { reason: 'no Lambda', after: 3 }],
      ['second', { reason: 'no ResizeOwn', after: 1 }],
    ])
  })

  it('says nothing where all can run', () => {
    expect(blockedOps(network(), () => null, new Set()).size).toBe(0)
  })
})
