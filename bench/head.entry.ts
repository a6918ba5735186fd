// What the benchmark runs, bundled as for the page.
export { fitLinearHead } from '../src/heads/linear/fit/solve'
export { synthesise } from '../src/compute/head/testing/synthetic'
export { centroidFit as centroid } from '../src/heads/centroid/fit'
export { knnFit as knn } from '../src/heads/knn/fit'
export { svmFit as svm } from '../src/heads/svm/fit'
export { probabilities } from '../src/compute/head/probabilities'
