import { describe, expect, it } from 'vitest'
import { nodesInside, scopesOf, scopeTree } from './scopes'
import { GraphBuilder } from '../testing/build'

function treeOf(...names: string[]) {
  const build = new GraphBuilder()
  for (const name of names) build.node('Relu', name, [])
  return scopeTree(build.graph())
}

describe('scopeTree', () => {
  it('nests scopes and counts nodes at every depth', () => {
    const tree = treeOf('net/block_1/conv', 'net/block_1/relu', 'net/pool', 'image', 'net/block_2/conv')
    expect(tree.get('')).toEqual({ path: '', name: '', parent: null, scopes: ['net'], nodes: ['image'], total: 5 })
    expect(tree.get('net')).toEqual({
      path: 'net',
      name: 'net',
      parent: '',
      scopes: ['net/block_1', 'net/block_2'],
      nodes: ['net/pool'],
      total: 4,
    })
    expect(tree.get('net/block_1')?.nodes).toEqual(['net/block_1/conv', 'net/block_1/relu'])
    expect([...tree.keys()]).toEqual(['', 'net', 'net/block_1', 'net/block_2'])
  })

  it('puts a node in the scope its name stands in, also where a scope has the same name', () => {
    const tree = treeOf('a', 'a/b')
    expect(tree.get('')?.nodes).toEqual(['a'])
    expect(tree.get('')?.scopes).toEqual(['a'])
    expect(tree.get('a')?.nodes).toEqual(['a/b'])
    expect(tree.get('a')?.total).toBe(1)
  })

  it('takes leading, double and trailing slashes as they come, and loses no node', () => {
    const names = ['/a', '//b', 'c//d', 'e/', '/', '///']
    const tree = treeOf(...names)
    expect(tree.get('')?.total).toBe(6)
    expect(nodesInside(tree, '').toSorted()).toEqual(names.toSorted())
    expect(tree.get('c/')).toMatchObject({ name: '', parent: 'c', nodes: ['c//d'] })
    for (const scope of tree.values()) {
      if (scope.parent !== null) expect(tree.get(scope.parent)?.scopes).toContain(scope.path)
    }
  })

  it('is an empty root for an empty graph', () => {
    expect([...treeOf().values()]).toEqual([{ path: '', name: '', parent: null, scopes: [], nodes: [], total: 0 }])
  })

  it('takes a scope chain of depth 2,000 and 100,000 nodes', () => {
    const deep = `${'s/'.repeat(2000)}node`
    const many = Array.from({ length: 100_000 }, (_, i) => `net/stage_${i % 10}/block_${i % 1000}/op_${i}`)
    const tree = treeOf(deep, ...many)
    expect(tree.get('')?.total).toBe(100_001)
    expect(tree.get('net/stage_3')?.total).toBe(10_000)
    expect(scopesOf(deep)).toHaveLength(2000)
  })
})

describe('nodesInside', () => {
  it('lists nodes at any depth, and none for a scope that is not there', () => {
    const tree = treeOf('net/a', 'net/x/b', 'net/x/y/c', 'other')
    expect(nodesInside(tree, 'net')).toEqual(['net/a', 'net/x/b', 'net/x/y/c'])
    expect(nodesInside(tree, 'net/x')).toEqual(['net/x/b', 'net/x/y/c'])
    expect(nodesInside(tree, 'missing')).toEqual([])
  })
})

describe('scopesOf', () => {
  it('lists the scopes around a node, outermost first', () => {
    expect(scopesOf('a/b/c')).toEqual(['a', 'a/b'])
    expect(scopesOf('a')).toEqual([])
    expect(scopesOf('/a')).toEqual([])
    expect(scopesOf('a//b')).toEqual(['a', 'a/'])
  })
})
