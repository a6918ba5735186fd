import { expect, it } from 'vitest'
import { tinyProject } from '../../keeping/testing/project'
import { withMatrices } from './with-matrices'

const [{ report }] = tinyProject().heads

it('gives scripts the matrix of the part that evaluates the head', () => {
  const scripted = withMatrices(report)
  expect(scripted.confusion.part).toBe('test')
  expect(scripted.confusion.matrix).toEqual([
    [0, 1],
    [0, 0],
  ])
  expect(scripted.confusion.matrix).toBe(scripted.confusion.matrix)
  // Read by whatever copies it.
  expect(structuredClone(scripted)).toEqual({ ...report, confusion: { ...scripted.confusion }, leaveOneOut: null })
})

it('and that of photos left out one at a time', () => {
  const leaveOneOut = { accuracy: 1, evaluated: [{ ...report.evaluated[1], label: 1, predicted: 1 }] }
  expect(withMatrices({ ...report, leaveOneOut }).leaveOneOut?.matrix).toEqual([
    [0, 0],
    [0, 1],
  ])
})
