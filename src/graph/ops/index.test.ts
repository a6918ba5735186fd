import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { families, knownOps, opOf, type Op } from './index'

const all: readonly (Op & { readonly name: string })[] = knownOps().flatMap((name) => {
  const op = opOf(name)
  return op ? [{ ...op, name }] : []
})

/** The names of those operations that are not as they should be. */
const except = (isRight: (op: Op & { readonly name: string }) => boolean): readonly string[] =>
  all.filter((op) => !isRight(op)).map(({ name }) => name)

describe('the families', () => {
  it('are all in the list', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((file) => !/^(index|types)|\.test/.test(file))
    expect(families).toHaveLength(files.length)
  })

  it('share no operation', () => {
    const names = families.flatMap((family) => [...family.keys()])
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
  })
})

describe('an operation that is known', () => {
  it('has a rule of shapes, unless nothing is known of what it takes, it gives nothing, or that is said here', () => {
    const ruleless = ['DynamicPartition']
    const isWhole = ({ name, shape, takes, outputs }: Op & { readonly name: string }): boolean =>
      shape !== null || takes === '' || outputs === 0 || ruleless.includes(name)
    expect(except(isWhole)).toEqual([])
  })

  it('counts its multiply-adds if it is a layer', () => {
    expect(except(({ layer, takes, multiplyAdds }) => !layer || takes === '' || multiplyAdds !== undefined)).toEqual([])
  })

  it('says nothing of arguments that it does not have', () => {
    const isThere =
      (op: Op) =>
      (place: number | undefined): boolean =>
        place === undefined || op.takes === '' || place < op.inputs.length
    expect(
      except((op) => [op.layer?.data, op.laidOut, op.norm?.mean, op.norm?.variance, op.calls?.own].every(isThere(op))),
    ).toEqual([])
  })

  it('names only operations that are known, and such that take the same', () => {
    const takesOf = (name: string | undefined): string | undefined => name && opOf(name)?.takes
    expect(
      except(({ today, layer }) =>
        [today, layer?.fusedAs, layer?.depthwise].every((name) => name === undefined || opOf(name) !== undefined),
      ),
    ).toEqual([])
    expect(
      except(
        ({ today, takes }) =>
          today === undefined || takes === '' || takesOf(today)?.split(' ').length === takes.split(' ').length,
      ),
    ).toEqual([])
  })

  it('is a number of numbers in one way', () => {
    expect(except(({ ofNumber, ofNumbers }) => !ofNumber || !ofNumbers)).toEqual([])
  })
})
