import { expect, it } from 'vitest'
import { knownOps, opOf } from '../../../graph/ops'
import { tailOps } from '.'

it('knows how to train through the operations whose entries say so, and no others', () => {
  const said = knownOps().filter((name) => opOf(name)?.trains !== undefined)
  expect([...tailOps.keys()].toSorted()).toEqual(said.toSorted())
})
