import { expect, it } from 'vitest'
import { planIntake } from '../../images/intake/plan'
import type { IntakeChoices, Listing } from '../../images/intake/types'
import { saidOf } from './said'

function said(paths: readonly string[], choices: IntakeChoices = {}) {
  const pictures = paths.map((path) => ({ path, plainPath: path, archive: null }))
  const listing: Listing = { pictures, lists: [], archives: [], annotations: [], leftByTools: [], rejected: [] }
  return saidOf({ listing, blobs: [], choices, plan: planIntake(listing, [], choices) })
}

it('tells of folders that are one label by a space, and of labels that differ by a capital', () => {
  const { lines, canChange } = said(['cats/1.jpg', 'cats /2.jpg', 'Dogs/3.jpg', 'dogs/4.jpg'])
  expect(lines).toEqual([
    '2 folders whose names differ only in spaces, in how letters are stored or far at their end are one label: “cats”.',
    '“Dogs” and “dogs” are labels of their own, though only capitals differ.',
  ])
  expect(canChange).toBe(false)
})

it('tells of a test folder alone, and lets its part be kept', () => {
  const paths = ['test/cats/1.jpg', 'test/dogs/2.jpg']
  expect(said(paths)).toEqual({
    lines: ['test came without train, so its photos are dealt to all parts like any.'],
    canChange: true,
  })
  expect(said(paths, { parts: true }).lines[0]).toContain('They are pinned there')
})
