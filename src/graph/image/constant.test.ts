import { describe, expect, it } from 'vitest'
import { isConstant } from './constant'
import { indexGraph } from '../lookup/graph-index'
import { GraphBuilder } from '../testing/build'

describe('isConstant', () => {
  it('looks at a tensor once, however often it is added to itself', () => {
    const build = new GraphBuilder()
    let tensor = build.constant('c', [])
    for (let step = 0; step < 6; step++) tensor = build.node('AddN', `sum${step}`, new Array<string>(50).fill(tensor))
    expect(isConstant(indexGraph(build.graph()), tensor)).toBe(true)
  })
})
