import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openModel } from '..'
import { memoryFile } from '../source'
import { quiet } from '../testing/files'
import type { ReadModel } from '../types'

/** A fixture as Keras on Theano would have marked it. */
async function openAsOfTheano(name: string): Promise<ReadModel> {
  const text = readFileSync(new URL(`../fixtures/keras/${name}`, import.meta.url), 'latin1')
  const marked = text.replaceAll('tensorflow\0', 'theano\0\0\0\0\0')
  expect(marked).not.toBe(text)
  return openModel([memoryFile(name, Buffer.from(marked, 'latin1'))], quiet)
}

it.each(['classifier2.h5', 'sequential2.h5'])('refuses the kernels of Theano in words: %s', async (name) => {
  await expect(openAsOfTheano(name)).rejects.toMatchObject({ code: 'bad-weight', details: { path: name } })
})

it('opens what Theano trained without convolutions', async () => {
  expect((await openAsOfTheano('attention2.h5')).warnings).toEqual([])
})
