// What the benchmark runs, bundled as for the page.
export { fitLinearHead } from '../src/compute/head/linear/fit'
export { synthesise } from '../src/compute/head/testing/synthetic'
