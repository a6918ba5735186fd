import { expect, it } from 'vitest'
import { centroidFit } from './centroid/fit'
import { denseFit } from './dense/fit'
import { knnFit } from './knn/fit'
import { linearFit } from './linear/fit'
import { headKinds, specOf } from './specs'
import { svmFit } from './svm/fit'

it.each(headKinds)('a head of the kind %s says whether the last layers learn with it', (kind) => {
  const fits = { linear: linearFit, dense: denseFit, svm: svmFit, knn: knnFit, centroid: centroidFit }
  expect(specOf(kind).tunes).toBe(fits[kind].tuning !== null)
})
